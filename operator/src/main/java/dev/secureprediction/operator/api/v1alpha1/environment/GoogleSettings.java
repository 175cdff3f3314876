package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Google Cloud side of an environment. */
@ApiObject
@ValidationRule(
        value = "!has(self.defaultLocation) || self.defaultLocation in self.locations",
        message = "spec.google.defaultLocation must be one of spec.google.locations; add it there or choose another")
@ValidationRule(
        value = "!has(self.workloadIdentity.federation) || has(self.projectNumber)",
        message =
                "spec.google.projectNumber is required with workloadIdentity.federation, whose principals carry it; set it")
public record GoogleSettings(
        @JsonPropertyDescription("Id of the Google Cloud project that endpoints and accounts live in. Immutable.")
        @Required
        @Size(min = 6, max = 63)
        @Pattern(Formats.PROJECT)
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "spec.google.project is immutable, since endpoints and accounts live in it; make a new environment for another project")
        String project,

        @JsonPropertyDescription("Number of the project; required with federation.")
        @Nullable
        @Size(min = 1, max = 20)
        @Pattern("^[0-9]+$")
        String projectNumber,

        @JsonPropertyDescription(
                "Project that calls to publisher models are made in. IAM is project-wide there, so it should hold nothing else. Default: project.")
        @Nullable
        @Size(min = 6, max = 63)
        @Pattern(Formats.PROJECT)
        String publisherProject,

        @JsonPropertyDescription("Service account that the operator impersonates for this environment.")
        @Required
        @Size(min = 1, max = 255)
        @Pattern(Formats.SERVICE_ACCOUNT)
        String operatorServiceAccount,

        @JsonPropertyDescription(
                "Custom role that gateways get; it must hold exactly aiplatform.endpoints.predict. Default: projects/{project}/roles/securePredictionInvoker.")
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern("^(projects/[^/]+|organizations/[0-9]+)/roles/[A-Za-z0-9_.]{3,64}$")
        String invokerRole,

        @JsonPropertyDescription("Locations that endpoints may use. The multi-regional `global` only where listed.")
        @Required
        @Size(min = 1, max = 64)
        List<@Size(min = 1, max = 63) @Pattern(Formats.LOCATION) String> locations,

        @JsonPropertyDescription("Location of endpoints that name none; one of locations. Default: the only one.")
        @Nullable
        @Size(min = 1, max = 63)
        String defaultLocation,

        @JsonPropertyDescription("How gateways become their Google service account, without keys.") @Required
        WorkloadIdentity workloadIdentity,

        @JsonPropertyDescription("Other addresses of Google's APIs, for private access.") @Nullable
        GoogleApiEndpoints apiEndpoints) {
    public GoogleSettings {
        locations = Absent.list(locations);
    }

    /** The project that calls to publisher models are made in. */
    public String publisherProjectOrDefault() {
        return publisherProject == null ? project : publisherProject;
    }
    /** The role that gateways get. */
    public String invokerRoleOrDefault() {
        return invokerRole == null ? Defaults.invokerRole(project) : invokerRole;
    }
    /** The location of endpoints that name none; empty where several are listed and none is the default. */
    public Optional<String> defaultLocationOrOnly() {
        if (defaultLocation != null) {
            return Optional.of(defaultLocation);
        }
        return locations.size() == 1 ? Optional.of(locations.getFirst()) : Optional.empty();
    }
    /** Other addresses of Google's APIs; none where absent. */
    public GoogleApiEndpoints apiEndpointsOrDefault() {
        return apiEndpoints == null ? GoogleApiEndpoints.DEFAULT : apiEndpoints;
    }
}
