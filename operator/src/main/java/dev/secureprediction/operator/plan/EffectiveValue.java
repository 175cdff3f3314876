package dev.secureprediction.operator.plan;

/**
 * One value in force and where it came from.
 *
 * @param field path in the endpoint's spec, as `placement.gateway.minReplicas`
 * @param value as it would be written there
 * @param origin who set it
 */
public record EffectiveValue(String field, String value, Origin origin) {

    /** Who set a value. */
    public enum Origin {
        /** The endpoint says so. */
        Endpoint,
        /** The environment says so. */
        Environment,
        /** The environment's floor or ceiling replaced what the endpoint says. */
        Floor,
        /** Nobody says; the operator's default. */
        Default
    }
}
