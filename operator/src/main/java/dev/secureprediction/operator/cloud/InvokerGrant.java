package dev.secureprediction.operator.cloud;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where the invoker role is bound to the gateway's account. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InvokerGrant.OnEndpoint.class, name = "OnEndpoint"),
    @JsonSubTypes.Type(value = InvokerGrant.OnProject.class, name = "OnProject")
})
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
