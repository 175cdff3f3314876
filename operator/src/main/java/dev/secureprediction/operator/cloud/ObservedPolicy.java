package dev.secureprediction.operator.cloud;

import java.util.Set;

/**
 * An IAM policy, as read.
 *
 * @param resourceExists false when there is no resource that could have a policy
 * @param bindings its bindings, those that concern us
 * @param principals how many members all its bindings have, each counted in every binding, as Google's limit counts them
 */
public record ObservedPolicy(boolean resourceExists, Set<Binding> bindings, int principals) {

    /** What one policy holds at most, each principal counted once per binding (IAM quotas). */
    public static final int MOST_PRINCIPALS = 1_500;

    /** Keeps a copy. */
    public ObservedPolicy {
        bindings = Set.copyOf(bindings);
    }

    /** There is no resource. */
    public static ObservedPolicy absent() {
        return new ObservedPolicy(false, Set.of(), 0);
    }

    /** A resource with these bindings. */
    public static ObservedPolicy of(Set<Binding> bindings) {
        return new ObservedPolicy(true, bindings, bindings.size());
    }

    /** Whether one more member fits. */
    public boolean hasRoom() {
        return principals < MOST_PRINCIPALS;
    }
}
