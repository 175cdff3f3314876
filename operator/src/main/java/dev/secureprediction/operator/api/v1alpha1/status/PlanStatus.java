package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the operator would change. */
@ApiObject
public record PlanStatus(
        @JsonPropertyDescription("Hash over resource, environment and cloud state; to approve it.")
        @Required
        @Size(min = 1, max = 71)
        String hash,

        @JsonPropertyDescription("Changes, those to access first.") @Size(max = 64)
        List<@Size(max = 1024) String> changes) {
    public PlanStatus {
        changes = Absent.list(changes);
    }
}
