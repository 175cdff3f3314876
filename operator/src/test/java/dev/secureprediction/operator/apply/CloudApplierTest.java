package dev.secureprediction.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.CloudStates;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.Outcome;
import dev.secureprediction.operator.cloud.Preflight;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CloudApplierTest {

    private static final DesiredCloud DESIRED = CloudSamples.deployed();

    @Test
    void a_round_ends_with_the_first_long_operation() {
        // given nothing
        ModelCloud cloud = ModelCloud.empty();

        // when
        CloudResult first = new CloudApplier(cloud).converge(DESIRED, Optional.empty());

        // then the endpoint is being made, and nothing that needs it was tried
        assertThat(first.applied())
                .hasExactlyElementsOfTypes(
                        Change.Create.Account.class, Change.Grant.class, Change.Create.Endpoint.class);
        assertThat(first.pendingOperation()).isPresent();
        assertThat(first.settled()).isFalse();
    }

    @Test
    void rounds_settle_without_any_memory_but_the_operations_name() {
        ModelCloud cloud = ModelCloud.empty();
        Optional<String> pending = Optional.empty();
        CloudResult result = new CloudApplier(cloud).converge(DESIRED, pending);
        for (int round = 0; round < 10 && !result.settled(); round++) {
            // a new applier each time, as after a restart
            result = new CloudApplier(cloud).converge(DESIRED, result.pendingOperation());
        }

        assertThat(result.settled()).isTrue();
        assertThat(cloud.log()).filteredOn(Change.Create.class::isInstance).hasSize(3);
    }

    @Test
    void what_was_applied_before_a_failure_is_told() {
        CloudException broken = new CloudException.Unavailable("iam", Optional.empty());
        CloudResources cloud = new Breaking(ModelCloud.empty(), Change.Grant.class, () -> broken);

        CloudResult result = new CloudApplier(cloud).converge(DESIRED, Optional.empty());

        assertThat(result.applied()).hasExactlyElementsOfTypes(Change.Create.Account.class);
        assertThat(result.failure()).contains(broken);
        assertThat(result.settled()).isFalse();
    }

    @Test
    void a_failed_read_keeps_the_pending_operation() {
        CloudResources cloud = new Breaking(ModelCloud.empty(), Change.class, () -> new CloudException.NotFound("x")) {
            @Override
            public ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation) {
                throw new CloudException.Unavailable("down", Optional.empty());
            }
        };

        CloudResult result = new CloudApplier(cloud).converge(DESIRED, Optional.of("operations/7"));

        assertThat(result.observed()).isEmpty();
        assertThat(result.pendingOperation()).contains("operations/7");
        assertThat(result.settled()).isFalse();
    }

    @Test
    void removal_is_settled_when_nothing_is_left() {
        ModelCloud cloud = ModelCloud.empty();
        CloudApplier applier = new CloudApplier(cloud);
        CloudResult result = applier.converge(DESIRED, Optional.empty());
        while (!result.settled()) {
            result = applier.converge(DESIRED, result.pendingOperation());
        }

        result = applier.remove(DESIRED, Optional.empty());
        for (int round = 0; round < 10 && !result.settled(); round++) {
            result = applier.remove(DESIRED, result.pendingOperation());
        }

        assertThat(result.settled()).isTrue();
        assertThat(cloud.state().account()).isInstanceOf(ObservedServiceAccount.Absent.class);
        assertThat(cloud.state().endpoint()).isInstanceOf(ObservedEndpoint.Absent.class);
    }

    @Test
    void an_approval_of_two_steps_holds_for_the_second_when_the_first_is_done() {
        // given a new model that serves, and two old ones whose end waits for an approval
        ModelCloud cloud = withOthers("4711", "4712");
        CloudApplier applier = new CloudApplier(cloud);
        CloudResult held = applier.converge(DESIRED, Optional.empty(), asking(), Known.NOTHING);
        assertThat(held.held()).hasSize(2);

        // when that plan is approved
        Mandate approved = asking(held.planHash());
        CloudResult result = applier.converge(DESIRED, Optional.empty(), approved, Known.NOTHING);
        for (int round = 0; round < 10 && !result.settled(); round++) {
            result = applier.converge(DESIRED, result.pendingOperation(), approved, Known.NOTHING);
        }

        // then both go
        assertThat(result.settled()).isTrue();
        assertThat(cloud.log()).filteredOn(Change::destructive).hasSize(2);
    }

    @Test
    void what_comes_up_while_an_approved_plan_is_carried_out_was_not_approved() {
        ModelCloud cloud = withOthers("4711", "4712");
        CloudApplier applier = new CloudApplier(cloud);
        String hash = applier.converge(DESIRED, Optional.empty(), asking(), Known.NOTHING)
                .planHash();
        CloudResult first = applier.converge(DESIRED, Optional.empty(), asking(hash), Known.NOTHING);
        assertThat(first.applied()).hasSize(1);
        cloud.observe(DESIRED, first.pendingOperation()); // the step ends

        // when somebody deploys a third one in the middle
        cloud.becomes(CloudStates.withDeployed(cloud.state(), "4713"));

        // then all that is left waits
        assertThat(applier.converge(DESIRED, Optional.empty(), asking(hash), Known.NOTHING))
                .satisfies(result -> {
                    assertThat(result.applied()).isEmpty();
                    assertThat(result.held()).hasSize(2);
                    assertThat(result.holding()).contains("is void");
                });
    }

    @Test
    void what_is_left_is_void_once_the_approval_is_taken_back() {
        ModelCloud cloud = withOthers("4711", "4712");
        CloudApplier applier = new CloudApplier(cloud);
        String hash = applier.converge(DESIRED, Optional.empty(), asking(), Known.NOTHING)
                .planHash();
        CloudResult first = applier.converge(DESIRED, Optional.empty(), asking(hash), Known.NOTHING);
        cloud.observe(DESIRED, first.pendingOperation());

        CloudResult after = applier.converge(DESIRED, Optional.empty(), asking(), Known.NOTHING);

        assertThat(after.held()).hasSize(1);
        assertThat(after.applied()).isEmpty();
    }

    private static Mandate asking(String... approved) {
        return new Mandate(Mandate.Mode.Enforce, true, Set.of(approved));
    }

    /** What is wanted stands, and these are deployed beside it without calls. */
    private static ModelCloud withOthers(String... ids) {
        ModelCloud cloud = ModelCloud.empty();
        CloudApplier applier = new CloudApplier(cloud);
        CloudResult result = applier.converge(DESIRED, Optional.empty());
        while (!result.settled()) {
            result = applier.converge(DESIRED, result.pendingOperation());
        }
        ObservedCloud state = cloud.state();
        for (String id : ids) {
            state = CloudStates.withDeployed(state, id);
        }
        return new ModelCloud(state);
    }

    /** Fails one kind of change. */
    private static class Breaking implements CloudResources {

        private final CloudResources inner;
        private final Class<? extends Change> kind;
        private final Supplier<CloudException> failure;

        Breaking(CloudResources inner, Class<? extends Change> kind, Supplier<CloudException> failure) {
            this.inner = inner;
            this.kind = kind;
            this.failure = failure;
        }

        @Override
        public ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation) {
            return inner.observe(desired, pendingOperation);
        }

        @Override
        public Outcome apply(DesiredCloud desired, Change change) {
            if (kind.isInstance(change)) {
                throw failure.get();
            }
            return inner.apply(desired, change);
        }

        @Override
        public Preflight preflight(
                CloudScope scope, String invokerRole, java.util.Map<String, Set<String>> permissions) {
            return inner.preflight(scope, invokerRole, permissions);
        }
    }
}
