package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** Settings of the gateways' pods; their security settings are the operator's. */
@ApiObject
public record PodTemplate(
        @JsonPropertyDescription("Labels that a node must have.") @Size(max = 32)
        Map<String, @Size(max = 63) @Pattern(Formats.LABEL_VALUE) String> nodeSelector,

        @JsonPropertyDescription("Taints of nodes that are tolerated.") @Size(max = 32)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Annotations of the pods.") @Size(max = 32)
        Map<String, @Size(max = 4096) String> annotations,

        @JsonPropertyDescription("Secrets in the gateway namespace to pull the image with.") @Size(max = 8)
        List<LocalName> imagePullSecrets) {
    public PodTemplate {
        tolerations = Absent.list(tolerations);
        imagePullSecrets = Absent.list(imagePullSecrets);
        nodeSelector = Absent.map(nodeSelector);
        annotations = Absent.map(annotations);
    }

    /** No settings. */
    public static final PodTemplate DEFAULT = new PodTemplate(Map.of(), List.of(), Map.of(), List.of());
}
