package dev.secureprediction.operator.api.v1alpha1;

import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import java.util.List;
import java.util.Optional;

/** Types of conditions, and how they are found in a list. */
public final class Conditions {

    /** Everything that the generation asks for is in force. */
    public static final String READY = "Ready";
    /** The resource, its references and its grant hold. */
    public static final String ACCEPTED = "Accepted";
    /** The service account exists and has exactly what it needs. */
    public static final String IDENTITY_READY = "IdentityReady";
    /** The Vertex AI endpoint answers, where one is needed. */
    public static final String ENDPOINT_READY = "EndpointReady";
    /** The gateway's replicas are there. */
    public static final String GATEWAY_READY = "GatewayReady";
    /** Every ready replica has the wanted policy, and its probes hold. */
    public static final String POLICY_ENFORCED = "PolicyEnforced";
    /** Some admitted contract answers; not part of Ready. */
    public static final String AVAILABLE = "Available";
    /** This contract has soaked here; not part of Ready. */
    public static final String VERIFIED = "Verified";
    /** The contract stands well to the environment before; not part of Ready. */
    public static final String CONSISTENT = "Consistent";
    /** Cloud state differs from what was asked for. */
    public static final String DRIFTED = "Drifted";
    /** Nothing is changed. */
    public static final String PAUSED = "Paused";
    /** kstatus: work is under way. Present only when True, never beside {@link #STALLED}. */
    public static final String RECONCILING = "Reconciling";
    /** kstatus: a person has to act. Present only when True, stands before {@link #READY}. */
    public static final String STALLED = "Stalled";
    /** An environment's project and accounts can be used. */
    public static final String CLOUD_READY = "CloudReady";
    /** An environment is at least as strict as the one before it. */
    public static final String MONOTONE = "Monotone";

    /** Status of a condition that holds. */
    public static final String TRUE = "True";
    /** Status of a condition that does not hold. */
    public static final String FALSE = "False";
    /** Status of a condition that cannot be told. */
    public static final String UNKNOWN = "Unknown";

    /** The condition of a type, if it is present. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** Whether the condition of a type is present and True. */
    public static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type).filter(c -> c.status().equals(TRUE)).isPresent();
    }

    private Conditions() {}
}
