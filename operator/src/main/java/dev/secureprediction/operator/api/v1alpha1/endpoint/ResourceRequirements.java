package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** CPU and memory of a container, as in a pod. */
@ApiObject
public record ResourceRequirements(
        @JsonPropertyDescription("What is set aside: cpu, memory.") @Size(max = 8)
        Map<String, @Size(min = 1, max = 32) @Pattern(Formats.QUANTITY) String> requests,

        @JsonPropertyDescription("What it may use at most: cpu, memory.") @Size(max = 8)
        Map<String, @Size(min = 1, max = 32) @Pattern(Formats.QUANTITY) String> limits) {
    public ResourceRequirements {
        requests = Absent.map(requests);
        limits = Absent.map(limits);
    }
}
