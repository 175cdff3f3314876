package dev.secureprediction.operator.cloud;

/** Where the invoker role is bound to the gateway's account. */
public sealed interface InvokerGrant {

    /**
     * On the endpoint itself.
     *
     * @param authoritative whether the role's whole member list is the operator's: true on endpoints it created
     */
    record OnEndpoint(boolean authoritative) implements InvokerGrant {}

    /**
     * On a project, for publisher models, which have no narrower place.
     *
     * @param project id of the project
     */
    record OnProject(String project) implements InvokerGrant {}
}
