package dev.secureprediction.operator.api.v1alpha1.guardrail;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Regular expressions that a text must not match. */
@ApiObject
public record DenyPatterns(
        @JsonPropertyDescription("Regular expressions (RE2 syntax), tried on the normalised text.")
        @Required
        @Size(min = 1, max = 64)
        List<@Size(min = 1, max = 1024) String> patterns) {
    public DenyPatterns {
        patterns = Absent.list(patterns);
    }
}
