package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of answers. */
@ApiObject
public record ResponseRules(
        @JsonPropertyDescription("Whether answers are kept for equal requests; absent: never.") @Nullable
        CacheRule cache,

        @JsonPropertyDescription("Kinds of sensitive data to mask, named as Google's infoTypes.") @Size(max = 64)
        List<@Size(min = 1, max = 63) @Pattern(Formats.INFO_TYPE) String> redact,

        @JsonPropertyDescription("Top-level fields of an answer that callers get; empty: all.") @Size(max = 64)
        List<@Size(min = 1, max = 255) String> fields,

        @JsonPropertyDescription("Further headers of an answer that callers get; empty: none.") @Size(max = 32)
        List<@Size(min = 1, max = 63) @Pattern("^[A-Za-z0-9-]+$") String> headers) {
    public ResponseRules {
        redact = Absent.list(redact);
        fields = Absent.list(fields);
        headers = Absent.list(headers);
    }
}
