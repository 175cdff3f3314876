package dev.secureprediction.operator.cloud;

/** Whether an environment's project is ready for the operator. */
public sealed interface Preflight {

    /** The account can be impersonated and the invoker role holds exactly what it should. */
    record Ready() implements Preflight {}

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
