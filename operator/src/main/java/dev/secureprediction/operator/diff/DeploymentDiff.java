package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedEndpoint.DeployedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is deployed on an endpoint of ours. A new version is deployed beside the old one, gets all calls once it is up,
 * and only then the old one goes: no call is lost.
 */
final class DeploymentDiff {

    private DeploymentDiff() {}

    static List<Change> changes(DesiredEndpoint.Created created, ObservedEndpoint.Present present, String version) {
        DesiredDeployment wanted = created.deployment();
        List<DeployedModel> fitting = present.deployedModels().stream()
                .filter(m -> m.modelId().equals(wanted.modelId())
                        && m.modelVersion().equals(version)
                        && m.machineType().equals(wanted.machineType()))
                .toList();
        if (fitting.isEmpty()) {
            String id = DeployedModelId.of(wanted, version, present.updateTime().toString());
            return List.of(new Change.Create.Deployment(
                    present.endpointId(), id, wanted, present.deployedModels().isEmpty()));
        }
        // where somebody deployed it twice, the one that serves already stays
        DeployedModel keep = fitting.stream()
                .filter(m -> present.trafficSplit().getOrDefault(m.id(), 0) > 0)
                .findFirst()
                .orElse(fitting.getFirst());
        List<Change> changes = new ArrayList<>();
        Map<String, Integer> split = Map.of(keep.id(), 100);
        if (!present.trafficSplit().equals(split)) {
            changes.add(new Change.Update.TrafficSplit(present.endpointId(), split, present.trafficSplit()));
        }
        if (keep.minReplicas() != wanted.minReplicas() || keep.maxReplicas() != wanted.maxReplicas()) {
            changes.add(
                    new Change.Update.Replicas(present.endpointId(), keep, wanted.minReplicas(), wanted.maxReplicas()));
        }
        present.deployedModels().stream()
                .filter(m -> !m.equals(keep))
                .forEach(m -> changes.add(new Change.Delete.Deployment(present.endpointId(), m)));
        return changes;
    }
}
