package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.CloudException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever others write into a policy, and whenever they do, is there afterwards. */
final class PolicyEditorPropertiesTest {

    private static final int ROUNDS = 10_000;
    private static final Binding OURS =
            Binding.always("projects/p/roles/invoker", "serviceAccount:spe-x@p.iam.gserviceaccount.com");

    private final Random random = new Random(20_261_122);
    private final Crowded store = new Crowded();
    private final PolicyEditor editor = new PolicyEditor(attempt -> {});

    @Test
    void none_of_ten_thousand_rounds_of_foreign_edits_and_conflicts_loses_one() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean granting = random.nextBoolean();

            if (granting) {
                editor.grant(store, OURS);
            } else {
                editor.revoke(store, OURS);
            }

            assertThat(store.held().contains(text(OURS))).isEqualTo(granting);
            assertThat(store.foreign()).as("round %d", round).isEqualTo(store.expected);
        }
        assertThat(store.conflicts).isGreaterThan(ROUNDS / 25);
    }

    private static String text(Binding binding) {
        return binding.role() + " " + binding.member() + " "
                + binding.condition().map(Binding.Condition::title);
    }

    /** A policy that others edit between any read of ours and the write that follows. */
    private final class Crowded implements PolicyStore {

        private final Set<String> expected = new TreeSet<>();
        private Policy policy = Policy.newBuilder().setEtag(etag(0)).build();
        private int version;
        private int conflicts;

        @Override
        public Policy read() {
            Policy seen = policy;
            // at most a few in a row, as nobody edits one policy without end
            if (random.nextInt(4) == 0) {
                somebodyEdits();
            }
            return seen;
        }

        @Override
        public void write(Policy wanted) {
            if (!wanted.getEtag().equals(policy.getEtag())) {
                conflicts++;
                throw new CloudException.Conflict("There were concurrent policy changes.");
            }
            policy = wanted.toBuilder().setEtag(etag(++version)).build();
        }

        private void somebodyEdits() {
            Optional<Binding.Condition> condition = random.nextInt(3) == 0
                    ? Optional.of(new Binding.Condition("until " + random.nextInt(3), "request.time < now"))
                    : Optional.empty();
            String role = random.nextInt(4) == 0 ? OURS.role() : "roles/viewer" + random.nextInt(4);
            Binding binding = new Binding(role, "user:" + random.nextInt(8) + "@example.com", condition);
            PolicyStore direct = new Direct();
            if (random.nextInt(3) == 0) {
                expected.remove(text(binding));
                editor.revoke(direct, binding);
            } else {
                expected.add(text(binding));
                editor.grant(direct, binding);
            }
        }

        private Set<String> held() {
            Set<String> all = new TreeSet<>();
            policy.getBindingsList()
                    .forEach(binding -> binding.getMembersList()
                            .forEach(member -> all.add(
                                    text(new Binding(binding.getRole(), member, PolicyEditor.condition(binding))))));
            return all;
        }

        private Set<String> foreign() {
            Set<String> others = held();
            others.remove(text(OURS));
            return others;
        }

        private static ByteString etag(int version) {
            return ByteString.copyFromUtf8("v" + version);
        }

        /** Somebody else's own way to the same policy. */
        private final class Direct implements PolicyStore {
            @Override
            public Policy read() {
                return policy;
            }

            @Override
            public void write(Policy wanted) {
                policy = wanted.toBuilder().setEtag(etag(++version)).build();
            }
        }
    }
}
