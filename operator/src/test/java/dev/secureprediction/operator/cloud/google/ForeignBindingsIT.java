package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.PROJECT;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.type.Expr;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.PolicyTarget;
import dev.secureprediction.sandbox.cloud.iam.Policies;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Other people edit the same policies at the same time; what they wrote stands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ForeignBindingsIT {

    private static final String RESOURCE = "projects/" + PROJECT;
    private static final int ROUNDS = 200;

    private GoogleSandbox google;

    @BeforeAll
    void start() {
        google = new GoogleSandbox();
    }

    @AfterAll
    void stop() {
        google.close();
    }

    @Test
    void random_edits_of_others_survive_hundreds_of_rounds() {
        DesiredCloud desired = google.publisher("crowded");
        google.up(desired);
        Random random = new Random(20261122);
        for (int round = 0; round < ROUNDS; round++) {
            // given somebody's edit, and now and then the loss of our own binding
            edit(random);
            if (random.nextInt(3) == 0) {
                policies().revoke(RESOURCE, ROLE, desired.accountMember());
            }
            Set<String> before = foreign(desired);

            // when
            CloudResult result = random.nextInt(5) == 0
                    ? google.applier().remove(desired, Optional.empty())
                    : google.applier().converge(desired, Optional.empty());

            // then
            assertThat(result.failure()).isEmpty();
            assertThat(foreign(desired)).isEqualTo(before);
        }
    }

    @Test
    void edits_at_the_same_moment_are_not_lost() throws InterruptedException {
        // given somebody who changes the same policy all the time, with its etag, as gcloud does
        DesiredCloud desired = google.publisher("raced");
        google.up(desired);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Thread somebody = Thread.ofPlatform().start(() -> {
            int seen = 0;
            while (!stop.get()) {
                // once in three writes of ours, so that however slow the machine, no edit of ours collides each time
                int ours = google.cloud().calls().of("SetIamPolicy").size();
                if (ours - seen >= 3 && add("user:racer-" + written.get() + "@example.com")) {
                    written.incrementAndGet();
                    seen = ours;
                }
                LockSupport.parkNanos(1_000_000);
            }
        });

        // when our member is taken and given all the while
        Change.Grant grant = new Change.Grant(new PolicyTarget.OnProject(PROJECT), desired.invokerBinding());
        Change.Revoke revoke = new Change.Revoke(grant.target(), grant.binding());
        for (int i = 0; i < 40; i++) {
            google.resources().apply(desired, revoke);
            google.resources().apply(desired, grant);
        }
        stop.set(true);
        somebody.join();

        // then every one of theirs is there, and so is ours
        Set<String> members = new TreeSet<>();
        policies().current(RESOURCE).getBindingsList().forEach(b -> members.addAll(b.getMembersList()));
        for (int i = 0; i < written.get(); i++) {
            assertThat(members).contains("user:racer-" + i + "@example.com");
        }
        assertThat(written).hasPositiveValue();
        assertThat(members).contains(desired.accountMember());
    }

    @Test
    void on_an_endpoint_of_ours_nobody_else_keeps_our_role_but_all_else() {
        DesiredCloud desired = google.deployed("alone");
        google.up(desired);
        String endpoint = GoogleSandbox.LOCATION + "/endpoints/spe-alone";
        policies().grant(endpoint, ROLE, "user:mallory@example.com");
        policies().grant(endpoint, "roles/aiplatform.user", "group:auditors@example.com");

        google.up(desired);

        assertThat(policies().current(endpoint).getBindingsList())
                .extracting(b -> b.getRole() + " " + b.getMembersList())
                .containsExactlyInAnyOrder(
                        ROLE + " [" + desired.accountMember() + "]",
                        "roles/aiplatform.user [group:auditors@example.com]");
    }

    private void edit(Random random) {
        String member = "user:" + random.nextInt(12) + "@example.com";
        String role = random.nextBoolean() ? ROLE : "roles/viewer";
        switch (random.nextInt(3)) {
            case 0 -> policies().grant(RESOURCE, role, member);
            case 1 -> policies().revoke(RESOURCE, role, member);
            default ->
                policies()
                        .grant(
                                RESOURCE,
                                Binding.newBuilder()
                                        .setRole(role)
                                        .addMembers(member)
                                        .setCondition(Expr.newBuilder()
                                                .setTitle("until " + random.nextInt(5))
                                                .setExpression("request.time < timestamp('2030-01-01T00:00:00Z')"))
                                        .build());
        }
    }

    private boolean add(String member) {
        Policy policy = policies().current(RESOURCE);
        try {
            policies()
                    .write(
                            RESOURCE,
                            policy.toBuilder()
                                    .addBindings(Binding.newBuilder()
                                            .setRole("roles/viewer")
                                            .addMembers(member))
                                    .build());
            return true;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private Set<String> foreign(DesiredCloud desired) {
        Set<String> bindings = new TreeSet<>();
        for (Binding binding : policies().current(RESOURCE).getBindingsList()) {
            binding.getMembersList().stream()
                    .filter(m -> !m.contains(desired.serviceAccount().email()))
                    .forEach(m -> bindings.add(binding.getRole() + " " + m + " " + binding.getCondition()));
        }
        return bindings;
    }

    private Policies policies() {
        return google.cloud().state().policies();
    }
}
