package dev.secureprediction.operator.cloud;

import java.util.Set;
import java.util.TreeSet;

/** The role that gateways' accounts are given, as read; the platform team makes it, the operator only checks it. */
public sealed interface InvokerRole {

    /** All that the role may hold. */
    Set<String> WANTED = Set.of("aiplatform.endpoints.predict");

    /** Permissions beyond the wanted ones, sorted. */
    Set<String> excess();

    /** Wanted permissions that it lacks, sorted. */
    Set<String> missing();

    /** Whether it holds exactly what it should. */
    default boolean exact() {
        return excess().isEmpty() && missing().isEmpty();
    }

    /** Not there, or deleted. */
    record Absent() implements InvokerRole {
        @Override
        public Set<String> excess() {
            return Set.of();
        }

        @Override
        public Set<String> missing() {
            return WANTED;
        }
    }

    /**
     * There.
     *
     * @param permissions what it holds
     */
    record Present(Set<String> permissions) implements InvokerRole {

        /** Keeps a copy. */
        public Present {
            permissions = Set.copyOf(permissions);
        }

        @Override
        public Set<String> excess() {
            return without(permissions, WANTED);
        }

        @Override
        public Set<String> missing() {
            return without(WANTED, permissions);
        }

        private static Set<String> without(Set<String> all, Set<String> some) {
            Set<String> rest = new TreeSet<>(all);
            rest.removeAll(some);
            return rest;
        }
    }
}
