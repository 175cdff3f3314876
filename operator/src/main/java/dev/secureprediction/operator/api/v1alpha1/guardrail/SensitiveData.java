package dev.secureprediction.operator.api.v1alpha1.guardrail;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Search for kinds of sensitive data. */
@ApiObject
public record SensitiveData(
        @JsonPropertyDescription("Kinds, named as Google's infoTypes: EMAIL_ADDRESS, IBAN_CODE …")
        @Required
        @Size(min = 1, max = 64)
        List<@Size(min = 1, max = 63) @Pattern(Formats.INFO_TYPE) String> kinds,

        @JsonPropertyDescription("Block refuses the call, Mask replaces what was found. Default: Block.") @Nullable
        SensitiveDataAction action) {
    public SensitiveData {
        kinds = Absent.list(kinds);
    }
}
