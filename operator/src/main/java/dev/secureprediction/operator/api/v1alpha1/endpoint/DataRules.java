package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests of a role may hold beyond plain content. */
@ApiObject
public record DataRules(
        @JsonPropertyDescription("Tools that a request may declare; empty: none.") @Size(max = 32)
        List<@Size(min = 1, max = 63) String> tools,

        @JsonPropertyDescription(
                "Cloud Storage prefixes (gs://bucket/folder/) that file references may point into; empty: none.")
        @Size(max = 32)
        List<@Size(min = 6, max = 1024) @Pattern("^gs://[a-z0-9][-a-z0-9._]*(/.*)?$") String> storagePrefixes,

        @JsonPropertyDescription("Whether a request may name cached content. Default: false.") @Nullable
        Boolean cachedContent,

        @JsonPropertyDescription("Most candidates of one answer. Default: 1.") @Nullable @Min(1) @Max(8)
        Integer candidates,

        @JsonPropertyDescription("Whether a request may bring its own safety settings. Default: Locked.") @Nullable
        SafetySettings safetySettings,

        @JsonPropertyDescription("Priority tiers that a request may ask for; empty: none.") @Size(max = 8)
        List<@Size(min = 1, max = 63) String> trafficTiers) {
    public DataRules {
        tools = Absent.list(tools);
        storagePrefixes = Absent.list(storagePrefixes);
        trafficTiers = Absent.list(trafficTiers);
    }
}
