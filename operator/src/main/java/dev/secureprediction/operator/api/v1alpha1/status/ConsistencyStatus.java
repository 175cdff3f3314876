package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a contract stands to that of the environment before. */
@ApiObject
public record ConsistencyStatus(
        @JsonPropertyDescription("Same, Behind, Ahead, Diverged, NoPeer or Unknown.") @Required
        ConsistencyState state,

        @JsonPropertyDescription("The endpoint that it is compared with: environment/namespace/name.")
        @Nullable
        @Size(max = 511)
        String upstream,

        @JsonPropertyDescription("Fields of the contract that differ.") @Size(max = 32)
        List<@Size(max = 512) String> differingPaths) {
    public ConsistencyStatus {
        differingPaths = Absent.list(differingPaths);
    }
}
