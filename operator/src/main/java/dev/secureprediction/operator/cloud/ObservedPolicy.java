package dev.secureprediction.operator.cloud;

import java.util.Set;

/**
 * An IAM policy, as read.
 *
 * @param resourceExists false when there is no resource that could have a policy
 * @param bindings its bindings
 */
public record ObservedPolicy(boolean resourceExists, Set<Binding> bindings) {

    /** Keeps a copy. */
    public ObservedPolicy {
        bindings = Set.copyOf(bindings);
    }

    /** There is no resource. */
    public static ObservedPolicy absent() {
        return new ObservedPolicy(false, Set.of());
    }

    /** A resource with these bindings. */
    public static ObservedPolicy of(Set<Binding> bindings) {
        return new ObservedPolicy(true, bindings);
    }
}
