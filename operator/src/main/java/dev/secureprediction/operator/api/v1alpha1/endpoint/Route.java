package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Another model or location for a role. */
@ApiObject
public record Route(
        @JsonPropertyDescription("Another model of the same publisher.")
        @Nullable
        @Size(min = 1, max = 127)
        @Pattern("^[A-Za-z0-9][-A-Za-z0-9._@]*$")
        String publisherModel,

        @JsonPropertyDescription("Another location.") @Nullable @Size(min = 1, max = 63) @Pattern(Formats.LOCATION)
        String location) {}
