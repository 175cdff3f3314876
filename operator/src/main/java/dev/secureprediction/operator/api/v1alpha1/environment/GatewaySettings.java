package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How gateways are run. */
@ApiObject
public record GatewaySettings(
        @JsonPropertyDescription(
                "Container image of the gateway, best by digest, so that an upgrade passes through the chain of environments too. Default: the operator's own version.")
        @Nullable
        @Size(min = 1, max = 512)
        @Pattern(Formats.IMAGE)
        String image,

        @JsonPropertyDescription("Shared limits and cache; absent: each replica has its own.") @Nullable
        GatewayStore store,

        @JsonPropertyDescription("Settings of the gateways' pods.") @Nullable
        PodTemplate podTemplate,

        @JsonPropertyDescription("Networks whose hosts may speak for a client address (CIDR).") @Size(max = 32)
        List<@Size(max = 49) @Pattern(Formats.CIDR) String> trustedProxies,

        @JsonPropertyDescription("Networks that gateways may connect to (CIDR); empty: open, and status says so.")
        @Size(max = 64)
        List<@Size(max = 49) @Pattern(Formats.CIDR) String> egressCIDRs) {
    public GatewaySettings {
        trustedProxies = Absent.list(trustedProxies);
        egressCIDRs = Absent.list(egressCIDRs);
    }

    /** All defaults. */
    public static final GatewaySettings DEFAULT = new GatewaySettings(null, null, null, List.of(), List.of());
    /** Settings of the gateways' pods. */
    public PodTemplate podTemplateOrDefault() {
        return podTemplate == null ? PodTemplate.DEFAULT : podTemplate;
    }
}
