package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may differ between environments. */
@ApiObject
public record Placement(
        @JsonPropertyDescription("Location of the model; one that the environment lists. Default: the environment's.")
        @Nullable
        @Size(min = 1, max = 63)
        @Pattern(Formats.LOCATION)
        String location,

        @JsonPropertyDescription(
                "Values for the names that the contract uses for groups and buckets: `bindings.analysts` in an expression is `analysts` here.")
        @Size(max = 64)
        @ValidationRule(
                value = "self.all(k, k.matches('^[a-zA-Z_][a-zA-Z0-9_]{0,62}$'))",
                message =
                        "spec.placement.bindings: names must begin with a letter and hold only letters, digits and _, at most 63, since expressions say bindings.name; rename it")
        Map<String, @Size(min = 1, max = 255) String> bindings,

        @JsonPropertyDescription("The model's version in this environment's Model Registry; for deployed models.")
        @Nullable
        PlacementModel model,

        @JsonPropertyDescription("The Vertex AI endpoint; for deployed and existing models.") @Nullable
        PlacementEndpoint endpoint,

        @JsonPropertyDescription("Size of the gateway.") @Nullable
        PlacementGateway gateway,

        @JsonPropertyDescription("How callers reach the gateway.") @Nullable
        Exposure exposure,

        @JsonPropertyDescription("Namespaces whose pods may connect to the gateway. Default: this resource's own.")
        @Size(max = 64)
        List<@Size(min = 1, max = 63) @Pattern(Formats.DNS_LABEL) String> allowFrom) {
    public Placement {
        allowFrom = Absent.list(allowFrom);
        bindings = Absent.map(bindings);
    }

    /** All defaults. */
    public static final Placement DEFAULT = new Placement(null, Map.of(), null, null, null, null, List.of());
    /** The Vertex AI endpoint; all defaults where absent. */
    public PlacementEndpoint endpointOrDefault() {
        return endpoint == null ? PlacementEndpoint.DEFAULT : endpoint;
    }
    /** Size of the gateway; all defaults where absent. */
    public PlacementGateway gatewayOrDefault() {
        return gateway == null ? PlacementGateway.DEFAULT : gateway;
    }
    /** How callers reach the gateway; all defaults where absent. */
    public Exposure exposureOrDefault() {
        return exposure == null ? Exposure.DEFAULT : exposure;
    }
}
