package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Selects namespaces by their labels. It always names a label: there is no way to select all by leaving out. */
@ApiObject
public record NamespaceSelector(
        @JsonPropertyDescription("Labels that a namespace must have, all of them.") @Required @Size(min = 1, max = 16)
        Map<String, @Size(max = 63) @Pattern(Formats.LABEL_VALUE) String> matchLabels) {
    public NamespaceSelector {
        matchLabels = Absent.map(matchLabels);
    }
}
