package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Cross-origin calls from browsers (Fetch standard). */
@ApiObject
public record Cors(
        @JsonPropertyDescription("Origins that may call.")
        @Required
        @Size(min = 1, max = 32)
        @ValidationRule(
                value = "self.all(o, isURL(o) && url(o).getScheme() == 'https' && url(o).getEscapedPath() == '')",
                message =
                        "spec.placement.exposure.cors.origins: each must be an https origin without a path, as https://app.example.com; correct it")
        List<@Size(min = 9, max = 253) String> origins) {
    public Cors {
        origins = Absent.list(origins);
    }
}
