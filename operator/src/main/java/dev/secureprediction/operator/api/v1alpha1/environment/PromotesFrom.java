package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The environment before this one. */
@ApiObject
public record PromotesFrom(
        @JsonPropertyDescription("Name of the environment before this one.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String environment,

        @JsonPropertyDescription(
                "Whose verification records count when that environment lives in another cluster; default: this operator's own.")
        @Size(max = 16)
        List<Verifier> verifiers) {
    public PromotesFrom {
        verifiers = Absent.list(verifiers);
    }
}
