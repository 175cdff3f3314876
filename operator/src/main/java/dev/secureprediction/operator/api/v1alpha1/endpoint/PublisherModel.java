package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A model of the Model Garden. */
@ApiObject
public record PublisherModel(
        @JsonPropertyDescription("Its publisher: google, anthropic …")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9][-a-z0-9]*$")
        String publisher,

        @JsonPropertyDescription("The publisher's id of the model.")
        @Required
        @Size(min = 1, max = 127)
        @Pattern("^[A-Za-z0-9][-A-Za-z0-9._@]*$")
        String name) {}
