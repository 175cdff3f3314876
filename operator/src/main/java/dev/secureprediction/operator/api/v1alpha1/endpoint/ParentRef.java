package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A gateway of the Gateway API. */
@ApiObject
public record ParentRef(
        @JsonPropertyDescription("Its namespace.") @Required @Size(min = 1, max = 63) @Pattern(Formats.DNS_LABEL)
        String namespace,

        @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = 253) @Pattern(Formats.DNS_SUBDOMAIN)
        String name,

        @JsonPropertyDescription("One of its listeners; absent: all that match.")
        @Nullable
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String sectionName) {}
