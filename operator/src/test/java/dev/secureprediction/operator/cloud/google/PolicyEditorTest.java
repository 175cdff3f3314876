package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import com.google.type.Expr;
import dev.secureprediction.operator.cloud.CloudException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PolicyEditorTest {

    private static final PolicyEditor EDITOR = new PolicyEditor(attempt -> {});
    private static final String ROLE = "projects/p/roles/securePredictionInvoker";
    private static final dev.secureprediction.operator.cloud.Binding OURS =
            dev.secureprediction.operator.cloud.Binding.always(ROLE, "serviceAccount:ours@p.iam.gserviceaccount.com");

    @Test
    void adds_and_removes_just_our_member() {
        Memory policy = new Memory(policyOfOthers());

        EDITOR.grant(policy, OURS);
        assertThat(policy.current.getBindingsList())
                .filteredOn(b -> b.getRole().equals(ROLE) && !b.hasCondition())
                .singleElement()
                .satisfies(b -> assertThat(b.getMembersList()).containsExactly("user:eve@example.com", OURS.member()));

        EDITOR.revoke(policy, OURS);
        assertThat(policy.withoutEtag()).isEqualTo(policyOfOthers());
    }

    @Test
    void writes_nothing_when_nothing_changes() {
        Memory policy = new Memory(policyOfOthers());

        EDITOR.revoke(policy, OURS);
        EDITOR.grant(policy, OURS);
        EDITOR.grant(policy, OURS);

        assertThat(policy.writes).isEqualTo(1);
    }

    @Test
    void a_conditional_binding_of_our_member_is_not_ours() {
        Binding conditional = Binding.newBuilder()
                .setRole(ROLE)
                .addMembers(OURS.member())
                .setCondition(Expr.newBuilder()
                        .setTitle("later")
                        .setExpression("request.time > timestamp('2030-01-01T00:00:00Z')"))
                .build();
        Memory policy = new Memory(
                Policy.newBuilder().setVersion(3).addBindings(conditional).build());

        EDITOR.grant(policy, OURS);
        EDITOR.revoke(policy, OURS);

        assertThat(policy.current.getBindingsList()).containsExactly(conditional);
    }

    @Test
    void others_edits_survive_hundreds_of_rounds_of_races() {
        Random random = new Random(20261122);
        Memory policy = new Memory(policyOfOthers());
        Policy expected = policyOfOthers();
        for (int round = 0; round < 400; round++) {
            // given somebody who edits between our read and our write, up to three times
            for (int i = random.nextInt(4); i > 0; i--) {
                String member = "user:" + random.nextInt(8) + "@example.com";
                String role = random.nextBoolean() ? ROLE : "roles/viewer";
                UnaryOperator<Policy> edit =
                        random.nextBoolean() ? p -> with(p, role, member) : p -> without(p, role, member);
                policy.meanwhile.add(edit);
                expected = edit.apply(expected);
            }

            // when
            if (round % 2 == 0) {
                EDITOR.grant(policy, OURS);
            } else {
                EDITOR.revoke(policy, OURS);
            }

            // then all of theirs stands, whether it came in time for this round or not
            policy.letOthersFinish();
            assertThat(members(policy.current, false)).isEqualTo(members(expected, false));
            assertThat(policy.current.getAuditConfigsList()).isEqualTo(expected.getAuditConfigsList());
            assertThat(members(policy.current, true).contains(ROLE + " " + OURS.member()))
                    .isEqualTo(round % 2 == 0);
        }
    }

    @Test
    void gives_up_where_every_write_collides() {
        Memory policy = new Memory(policyOfOthers()) {
            @Override
            public void write(Policy wanted) {
                throw new CloudException.Conflict("policy: there were concurrent policy changes");
            }
        };

        assertThatThrownBy(() -> EDITOR.grant(policy, OURS)).isInstanceOf(CloudException.Conflict.class);
    }

    @Test
    void a_refusal_is_a_race_only_when_the_policy_changed() {
        // given one who may change our role alone, refused since somebody else's edit seemed to be undone
        Memory raced = new Memory(policyOfOthers()) {
            private boolean first = true;

            @Override
            public void write(Policy wanted) {
                if (first) {
                    first = false;
                    letOthersFinish();
                    throw new CloudException.Denied("resourcemanager.projects.setIamPolicy", "projects/p");
                }
                super.write(wanted);
            }
        };
        raced.meanwhile.add(p -> with(p, "roles/viewer", "user:new@example.com"));
        EDITOR.grant(raced, OURS);
        assertThat(members(raced.current, true))
                .contains(ROLE + " " + OURS.member(), "roles/viewer user:new@example.com");

        // given one who may not
        Memory denied = new Memory(policyOfOthers()) {
            @Override
            public void write(Policy wanted) {
                throw new CloudException.Denied("resourcemanager.projects.setIamPolicy", "projects/p");
            }
        };
        assertThatThrownBy(() -> EDITOR.grant(denied, OURS)).isInstanceOf(CloudException.Denied.class);
    }

    private static Policy policyOfOthers() {
        return Policy.newBuilder()
                .setVersion(3)
                .addBindings(Binding.newBuilder().setRole(ROLE).addMembers("user:eve@example.com"))
                .addBindings(Binding.newBuilder()
                        .setRole(ROLE)
                        .addMembers("user:mallory@example.com")
                        .setCondition(Expr.newBuilder()
                                .setTitle("night")
                                .setDescription("kept to the letter")
                                .setLocation("ticket 4711")
                                .setExpression("request.time.getHours() < 6")))
                .addAuditConfigs(AuditConfig.newBuilder().setService("allServices"))
                .build();
    }

    private static Policy with(Policy policy, String role, String member) {
        return without(policy, role, member).toBuilder()
                .addBindings(Binding.newBuilder().setRole(role).addMembers(member))
                .build();
    }

    private static Policy without(Policy policy, String role, String member) {
        Policy.Builder builder = policy.toBuilder().clearBindings();
        for (Binding binding : policy.getBindingsList()) {
            Binding.Builder rest = binding.toBuilder();
            if (binding.getRole().equals(role) && !binding.hasCondition()) {
                rest.clearMembers();
                binding.getMembersList().stream().filter(m -> !m.equals(member)).forEach(rest::addMembers);
            }
            if (rest.getMembersCount() > 0) {
                builder.addBindings(rest);
            }
        }
        return builder.build();
    }

    private static List<String> members(Policy policy, boolean ours) {
        return policy.getBindingsList().stream()
                .flatMap(b -> b.getMembersList().stream()
                        .map(m -> b.getRole() + " " + m + (b.hasCondition() ? " " + b.getCondition() : "")))
                .filter(m -> ours || !m.contains(OURS.member()))
                .sorted()
                .toList();
    }

    /** A policy in memory, with etags; others edit it right before a write of ours. */
    private static class Memory implements PolicyStore {

        private Policy current;
        private final Deque<UnaryOperator<Policy>> meanwhile = new ArrayDeque<>();
        private int writes;
        private int version;

        Memory(Policy policy) {
            current = etagged(policy);
        }

        @Override
        public Policy read() {
            return current;
        }

        @Override
        public void write(Policy wanted) {
            Optional.ofNullable(meanwhile.poll()).ifPresent(edit -> current = etagged(edit.apply(current)));
            if (!wanted.getEtag().equals(current.getEtag())) {
                throw new CloudException.Conflict("policy: there were concurrent policy changes");
            }
            writes++;
            current = etagged(wanted);
        }

        void letOthersFinish() {
            meanwhile.forEach(edit -> current = etagged(edit.apply(current)));
            meanwhile.clear();
        }

        Policy withoutEtag() {
            return current.toBuilder().clearEtag().build();
        }

        private Policy etagged(Policy policy) {
            version++;
            return policy.toBuilder()
                    .setEtag(ByteString.copyFromUtf8("etag-" + version))
                    .build();
        }
    }
}
