package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A taint that is tolerated, as in a pod. */
@ApiObject
public record Toleration(
        @JsonPropertyDescription("Key of the taint; absent: all, with operator Exists.")
        @Nullable
        @Size(min = 1, max = 316)
        @Pattern(Formats.LABEL_KEY)
        String key,

        @JsonPropertyDescription("Exists or Equal. Default: Equal.")
        @Nullable
        @Size(max = 8)
        @Pattern("^(Exists|Equal)$")
        String operator,

        @JsonPropertyDescription("Value of the taint, with operator Equal.") @Nullable @Size(max = 63)
        String value,

        @JsonPropertyDescription("NoSchedule, PreferNoSchedule or NoExecute; absent: all.")
        @Nullable
        @Size(max = 16)
        @Pattern("^(NoSchedule|PreferNoSchedule|NoExecute)$")
        String effect,

        @JsonPropertyDescription("How long a NoExecute taint is tolerated, in seconds; absent: forever.")
        @Nullable
        @Min(0)
        Long tolerationSeconds) {}
