package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Addresses of Google's APIs, each `host` or `host:port`; https always. */
@ApiObject
public record GoogleApiEndpoints(
        @JsonPropertyDescription("Vertex AI; default: {location}-aiplatform.googleapis.com.")
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(Formats.AUTHORITY)
        String aiplatform,

        @JsonPropertyDescription("IAM; default: iam.googleapis.com.")
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(Formats.AUTHORITY)
        String iam,

        @JsonPropertyDescription("Resource Manager; default: cloudresourcemanager.googleapis.com.")
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(Formats.AUTHORITY)
        String resourcemanager,

        @JsonPropertyDescription("Security Token Service; default: sts.googleapis.com.")
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(Formats.AUTHORITY)
        String sts,

        @JsonPropertyDescription("Service account credentials; default: iamcredentials.googleapis.com.")
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(Formats.AUTHORITY)
        String iamcredentials,

        @JsonPropertyDescription("Model Armor; default: modelarmor.{location}.rep.googleapis.com.")
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(Formats.AUTHORITY)
        String modelarmor) {
    /** Google's own addresses. */
    public static final GoogleApiEndpoints DEFAULT = new GoogleApiEndpoints(null, null, null, null, null, null);
}
