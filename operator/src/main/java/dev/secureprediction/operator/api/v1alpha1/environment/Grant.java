package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import dev.secureprediction.operator.api.v1alpha1.ManagementPolicy;
import dev.secureprediction.policy.model.Surface;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What application teams in some namespaces may name. Where a list is absent or empty, none of it. */
@ApiObject
public record Grant(
        @JsonPropertyDescription("Namespaces that the grant is for.") @Required
        NamespaceSelector namespaces,

        @JsonPropertyDescription(
                "Models: publishers/{publisher}/models/{name} or the name of a deployed or existing one; `*` stands for any characters.")
        @Size(max = 128)
        List<@Size(min = 1, max = 255) String> models,

        @JsonPropertyDescription("Ids of existing Vertex AI endpoints.") @Size(max = 128)
        List<@Size(min = 1, max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") String> endpointIDs,

        @JsonPropertyDescription("Host names of gateways; `*.` in front stands for one label.") @Size(max = 128)
        List<@Size(min = 1, max = 253) @Pattern(Formats.HOSTNAME_PATTERN) String> hostnames,

        @JsonPropertyDescription("TLS secrets in the gateway namespace.") @Size(max = 128)
        List<@Size(min = 1, max = 253) @Pattern(Formats.DNS_SUBDOMAIN) String> tlsSecretNames,

        @JsonPropertyDescription("Parent gateways of the Gateway API that routes may be attached to.") @Size(max = 64)
        List<NamespacedName> parentRefs,

        @JsonPropertyDescription("Ids of Model Armor templates.") @Size(max = 64)
        List<@Size(min = 1, max = 63) String> modelArmorTemplates,

        @JsonPropertyDescription("Hosts of guardrails that are webhooks.") @Size(max = 64)
        List<@Size(min = 1, max = 253) @Pattern(Formats.HOSTNAME_PATTERN) String> webhookHosts,

        @JsonPropertyDescription("Machine types of deployed models.") @Size(max = 64)
        List<@Size(min = 1, max = 63) @Pattern("^[a-z0-9][-a-z0-9]*$") String> machineTypes,

        @JsonPropertyDescription("Most replicas of a deployed model. Default: 10.") @Nullable @Min(1) @Max(1000)
        Integer maxEndpointReplicas,

        @JsonPropertyDescription("Most replicas of a gateway. Default: 20.") @Nullable @Min(1) @Max(1000)
        Integer maxGatewayReplicas,

        @JsonPropertyDescription("Wire protocols; absent: those that the models have.") @Size(max = 6)
        List<Surface> surfaces,

        @JsonPropertyDescription("Management policies that an endpoint may set. Default: Enforce.") @Size(max = 3)
        List<ManagementPolicy> managementPolicies,

        @JsonPropertyDescription("Whether answers may be cached beyond one caller. Default: false.") @Nullable
        Boolean sharedCache,

        @JsonPropertyDescription("Whether a gateway may serve without TLS. Default: false.") @Nullable
        Boolean plaintext) {
    public Grant {
        models = Absent.list(models);
        endpointIDs = Absent.list(endpointIDs);
        hostnames = Absent.list(hostnames);
        tlsSecretNames = Absent.list(tlsSecretNames);
        parentRefs = Absent.list(parentRefs);
        modelArmorTemplates = Absent.list(modelArmorTemplates);
        webhookHosts = Absent.list(webhookHosts);
        machineTypes = Absent.list(machineTypes);
        surfaces = Absent.list(surfaces);
        managementPolicies = Absent.list(managementPolicies);
    }

    /** Most replicas of a deployed model. */
    public int maxEndpointReplicasOrDefault() {
        return maxEndpointReplicas == null ? Defaults.MAX_ENDPOINT_REPLICAS : maxEndpointReplicas;
    }
    /** Most replicas of a gateway. */
    public int maxGatewayReplicasOrDefault() {
        return maxGatewayReplicas == null ? Defaults.MAX_GATEWAY_REPLICAS : maxGatewayReplicas;
    }
    /** Management policies that an endpoint may set; never empty. */
    public List<ManagementPolicy> managementPoliciesOrDefault() {
        return managementPolicies.isEmpty() ? List.of(ManagementPolicy.Enforce) : managementPolicies;
    }
    /** Whether answers may be cached beyond one caller. */
    public boolean sharedCacheOrDefault() {
        return Boolean.TRUE.equals(sharedCache);
    }
    /** Whether a gateway may serve without TLS. */
    public boolean plaintextOrDefault() {
        return Boolean.TRUE.equals(plaintext);
    }
}
