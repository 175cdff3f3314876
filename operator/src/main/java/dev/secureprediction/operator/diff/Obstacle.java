package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.Remedy;
import java.util.Optional;
import java.util.Set;

/** Why a desired state is not reached by changes alone: somebody has to act, or time has to pass. */
public sealed interface Obstacle {

    /** What is wrong and what to do, one sentence each. */
    String message();

    /**
     * A resource has the name that ours would have, and is not ours. It is left alone.
     *
     * @param resource which
     */
    record ConflictUnmanaged(String resource) implements Obstacle {
        @Override
        public String message() {
            return resource + " exists and does not carry this endpoint's ownership mark;"
                    + " delete or rename it, or rename this endpoint";
        }
    }

    /**
     * The account is switched off. It stays so, as that is how an account is stopped in an incident.
     *
     * @param email which
     */
    record AccountDisabled(String email) implements Obstacle {
        @Override
        public String message() {
            return "serviceAccounts/" + email + " is disabled; enable it when it may be used again";
        }
    }

    /**
     * The invoker role is not what it must be, so it is not granted; a grant that stands is kept.
     *
     * @param role its full name
     * @param excess permissions that it must not hold
     * @param missing permissions that it must hold
     */
    record RoleUnfit(String role, Set<String> excess, Set<String> missing) implements Obstacle {
        @Override
        public String message() {
            return excess.isEmpty()
                    ? "role " + role + " lacks " + String.join(", ", missing) + "; run: "
                            + Remedy.roleUpdate(role, "--add-permissions", missing)
                    : "role " + role + " must hold only aiplatform.endpoints.predict; run: "
                            + Remedy.roleUpdate(role, "--remove-permissions", excess);
        }
    }

    /**
     * The policy that our member belongs into holds as many principals as Google allows.
     *
     * @param resource whose policy
     * @param principals how many it holds
     */
    record PolicyFull(String resource, int principals) implements Obstacle {
        @Override
        public String message() {
            return "the IAM policy of " + resource + " holds " + principals + " principals, and Google allows "
                    + ObservedPolicy.MOST_PRINCIPALS + "; grant to groups instead of single members there";
        }
    }

    /**
     * The model version to deploy is not there.
     *
     * @param model `ID@VERSION`
     */
    record ModelMissing(String model) implements Obstacle {
        @Override
        public String message() {
            return "model " + model + " does not exist in the environment's project and location;"
                    + " correct spec.placement.model";
        }
    }

    /**
     * The model version has other content than the contract names.
     *
     * @param model `ID@VERSION`
     * @param expected fingerprint of the contract
     * @param found its label, if it has one
     */
    record FingerprintMismatch(String model, String expected, Optional<String> found) implements Obstacle {
        @Override
        public String message() {
            return "model " + model + " carries secure-prediction-fingerprint "
                    + found.map(f -> "'" + f + "'").orElse("not at all") + ", the contract names '" + expected
                    + "'; correct spec.placement.model or the contract";
        }
    }

    /**
     * The existing endpoint that the placement names is not there.
     *
     * @param endpointId which
     */
    record EndpointMissing(String endpointId) implements Obstacle {
        @Override
        public String message() {
            return "endpoint " + endpointId + " does not exist in the environment's project and location;"
                    + " correct spec.placement.endpoint.id";
        }
    }

    /**
     * A long operation runs; nothing that it touches is changed meanwhile.
     *
     * @param operation its full name
     */
    record OperationRunning(String operation) implements Obstacle {
        @Override
        public String message() {
            return "waiting for " + operation;
        }
    }

    /**
     * A long operation failed; it is begun again in a later round, once its name is no longer pending.
     *
     * @param operation its full name
     * @param reason why, in Google's words
     */
    record OperationFailed(String operation, String reason) implements Obstacle {
        @Override
        public String message() {
            return "operation failed and will be begun again: " + reason;
        }
    }

    /**
     * What cannot be changed in place differs, on an endpoint that was taken over and so is never deleted.
     *
     * @param difference what
     */
    record Immutable(Difference difference) implements Obstacle {
        @Override
        public String message() {
            return difference.resource() + ": " + difference.field() + " is '" + difference.observed()
                    + "' and cannot be changed to '" + difference.desired()
                    + "', and what was taken over is not deleted by the operator; delete it, and it is made again";
        }
    }

    /**
     * A new model is up beside the old one, and gets few calls until one of them was an answered canary.
     *
     * @param deployedModelId of the new one
     * @param next `ID@VERSION` of it
     * @param serving `ID@VERSION` of the old one
     */
    record OnTrial(String deployedModelId, String next, String serving) implements Obstacle {
        @Override
        public String message() {
            return "model " + next + " is up and has to answer the canary; " + serving + " takes the other calls";
        }
    }

    /**
     * A new model did not answer the canary.
     *
     * @param next `ID@VERSION` of it
     * @param serving `ID@VERSION` of the old one
     */
    record CanaryUnanswered(String next, String serving) implements Obstacle {
        @Override
        public String message() {
            return "model " + next + " did not answer the canary; " + serving
                    + " takes all calls; name another spec.placement.model, or correct the canary";
        }
    }
}
