package dev.secureprediction.policy.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The one model that a gateway serves. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Model.Publisher.class, name = "Publisher"),
    @JsonSubTypes.Type(value = Model.Endpoint.class, name = "Endpoint")
})
public sealed interface Model {

    /**
     * A model of the Model Garden, called without an endpoint.
     *
     * @param publisher `google`, `anthropic` …
     * @param name the publisher's model id
     */
    record Publisher(String publisher, String name) implements Model {}

    /**
     * A model deployed to a Vertex AI endpoint.
     *
     * @param endpointId last segment of the endpoint's resource name
     */
    record Endpoint(String endpointId) implements Model {}
}
