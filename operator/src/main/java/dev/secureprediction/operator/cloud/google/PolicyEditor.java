package dev.secureprediction.operator.cloud.google;

import com.google.iam.v1.Policy;
import com.google.type.Expr;
import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.CloudException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Adds or removes one member in a policy that others edit too: read, change just that, write under the etag, and again
 * when somebody was faster. All else is written back as it was read. Nothing is written when nothing changes.
 */
final class PolicyEditor {

    private static final int ATTEMPTS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int WITH_CONDITIONS = 3;

    private final IntConsumer pause;

    /** An editor that waits as given after an attempt that collided; attempts count from 1. */
    PolicyEditor(IntConsumer pause) {
        this.pause = pause;
    }

    /** An editor that waits longer each time, and never as long as another. */
    static PolicyEditor patient() {
        return new PolicyEditor(PolicyEditor::jitter);
    }

    void grant(PolicyStore store, Binding binding) {
        edit(store, policy -> add(policy, binding));
    }

    void revoke(PolicyStore store, Binding binding) {
        edit(store, policy -> remove(policy, binding));
    }

    private void edit(PolicyStore store, UnaryOperator<Policy> change) {
        Policy before = store.read();
        for (int attempt = 1; ; attempt++) {
            Policy after = change.apply(before);
            if (after.equals(before)) {
                return;
            }
            try {
                store.write(after);
                return;
            } catch (CloudException.Conflict e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                pause.accept(attempt);
                before = store.read();
            } catch (CloudException.Denied e) {
                // who may change one role only is refused when a stale write seems to undo a change of another
                Policy now = store.read();
                if (attempt == ATTEMPTS || now.getEtag().equals(before.getEtag())) {
                    throw e;
                }
                pause.accept(attempt);
                before = store.read();
            }
        }
    }

    private static Policy add(Policy policy, Binding wanted) {
        Policy.Builder builder = policy.toBuilder();
        for (com.google.iam.v1.Binding.Builder binding : builder.getBindingsBuilderList()) {
            if (matches(binding.build(), wanted)) {
                if (!binding.getMembersList().contains(wanted.member())) {
                    binding.addMembers(wanted.member());
                }
                return versioned(builder);
            }
        }
        com.google.iam.v1.Binding.Builder added =
                com.google.iam.v1.Binding.newBuilder().setRole(wanted.role()).addMembers(wanted.member());
        wanted.condition()
                .ifPresent(c ->
                        added.setCondition(Expr.newBuilder().setTitle(c.title()).setExpression(c.expression())));
        return versioned(builder.addBindings(added));
    }

    private static Policy remove(Policy policy, Binding unwanted) {
        Policy.Builder builder = policy.toBuilder().clearBindings();
        for (com.google.iam.v1.Binding binding : policy.getBindingsList()) {
            if (!matches(binding, unwanted) || !binding.getMembersList().contains(unwanted.member())) {
                builder.addBindings(binding);
                continue;
            }
            com.google.iam.v1.Binding.Builder rest = binding.toBuilder().clearMembers();
            binding.getMembersList().stream()
                    .filter(m -> !m.equals(unwanted.member()))
                    .forEach(rest::addMembers);
            if (rest.getMembersCount() > 0) {
                builder.addBindings(rest);
            }
        }
        return versioned(builder);
    }

    // a policy with conditions that is written as version 1 loses them
    private static Policy versioned(Policy.Builder builder) {
        boolean conditional = builder.getBindingsList().stream().anyMatch(com.google.iam.v1.Binding::hasCondition);
        return conditional ? builder.setVersion(WITH_CONDITIONS).build() : builder.build();
    }

    private static boolean matches(com.google.iam.v1.Binding binding, Binding ours) {
        return binding.getRole().equals(ours.role()) && condition(binding).equals(ours.condition());
    }

    /** The condition of a binding, as the port says it. */
    static Optional<Binding.Condition> condition(com.google.iam.v1.Binding binding) {
        return binding.hasCondition()
                ? Optional.of(new Binding.Condition(
                        binding.getCondition().getTitle(),
                        binding.getCondition().getExpression()))
                : Optional.empty();
    }

    // full jitter: those who collided do not collide again
    private static void jitter(int attempt) {
        long ceiling = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << attempt);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(ceiling) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("interrupted while editing an IAM policy", Optional.empty());
        }
    }
}
