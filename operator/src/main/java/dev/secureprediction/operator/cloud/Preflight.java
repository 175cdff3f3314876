package dev.secureprediction.operator.cloud;

import java.util.Map;
import java.util.Set;

/** Whether an environment's project is ready for the operator. */
public sealed interface Preflight {

    /**
     * The operator's account lacks permissions.
     *
     * @param missing by project, sorted
     */
    record PermissionsMissing(Map<String, Set<String>> missing) implements Preflight {

        /** Keeps a copy. */
        public PermissionsMissing {
            missing = Map.copyOf(missing);
        }
    }

    /**
     * A policy is full, so no further member can be bound there.
     *
     * @param project whose policy
     * @param principals how many it holds
     */
    record PolicyFull(String project, int principals) implements Preflight {}

    /**
     * The account can be impersonated and the invoker role holds exactly what it should.
     *
     * @param room what is used of what is limited
     */
    record Ready(Room room) implements Preflight {}

    /**
     * Something could not be called.
     *
     * @param reason why
     */
    record Refused(CloudException reason) implements Preflight {}

    /**
     * The invoker role is absent, or does not hold exactly what it should.
     *
     * @param name its full name
     * @param role what was read
     */
    record RoleUnfit(String name, InvokerRole role) implements Preflight {}
}
