package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** All objects of a gateway that follow from the desired state alone, in the order in which they are applied. */
public final class GatewayManifest {

    private GatewayManifest() {}

    /** Who may reach it is narrowed before it starts, and a new policy does not wait for anything. */
    public static List<HasMetadata> of(DesiredState state, Peers peers) {
        var gateway = state.gateway();
        var objects = new ArrayList<HasMetadata>();
        objects.add(GatewayPolicy.of(state));
        objects.add(GatewayNetworkPolicy.of(gateway, peers));
        objects.add(GatewayServiceAccount.of(gateway));
        objects.add(GatewayDeployment.of(gateway));
        objects.add(GatewayService.of(gateway));
        objects.addAll(GatewayRoute.of(gateway));
        GatewayDisruptionBudget.of(gateway).ifPresent(objects::add);
        GatewayAutoscaler.of(gateway).ifPresent(objects::add);
        return List.copyOf(objects);
    }
}
