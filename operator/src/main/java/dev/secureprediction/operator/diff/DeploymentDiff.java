package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedEndpoint.DeployedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is deployed on an endpoint of ours. A new version is deployed beside the old one, gets all calls once it is up,
 * and only then the old one goes: no call is lost. Where there is a canary, it gets but few calls until it has answered that.
 */
final class DeploymentDiff {

    /** Percent of the calls that a model on trial gets: a call cannot name its deployed model, so some must fall to it. */
    static final int TRIAL_SHARE = 10;

    private static final int ALL = 100;

    private DeploymentDiff() {}

    /**
     * The way.
     *
     * @param changes in order
     * @param obstacle what has to be waited for
     */
    record Way(List<Change> changes, Optional<Obstacle> obstacle) {}

    static Way way(DesiredEndpoint.Created created, ObservedEndpoint.Present present, String version, Known known) {
        DesiredDeployment wanted = created.deployment();
        List<DeployedModel> fitting = present.deployedModels().stream()
                .filter(m -> m.modelId().equals(wanted.modelId())
                        && m.modelVersion().equals(version)
                        && m.machineType().equals(wanted.machineType()))
                .toList();
        if (fitting.isEmpty()) {
            String id = DeployedModelId.of(wanted, version, present.updateTime().toString());
            return new Way(
                    List.of(new Change.Create.Deployment(
                            present.endpointId(),
                            id,
                            wanted,
                            present.deployedModels().isEmpty())),
                    Optional.empty());
        }
        // where somebody deployed it twice, the one that serves already stays
        DeployedModel keep =
                fitting.stream().filter(m -> share(present, m) > 0).findFirst().orElse(fitting.getFirst());
        Optional<DeployedModel> serving = serving(present, keep);
        if (serving.isPresent() && known.onTrial() && !known.provenModel().equals(Optional.of(keep.id()))) {
            return onTrial(present, keep, serving.get(), known);
        }
        List<Change> changes = new ArrayList<>(split(present, Map.of(keep.id(), ALL)));
        if (keep.minReplicas() != wanted.minReplicas() || keep.maxReplicas() != wanted.maxReplicas()) {
            changes.add(
                    new Change.Update.Replicas(present.endpointId(), keep, wanted.minReplicas(), wanted.maxReplicas()));
        }
        present.deployedModels().stream()
                .filter(m -> !m.equals(keep))
                .forEach(m -> changes.add(new Change.Delete.Deployment(present.endpointId(), m)));
        return new Way(changes, Optional.empty());
    }

    /** Both stay; one that failed stays without calls, to be looked at, until something else is wanted. */
    private static Way onTrial(
            ObservedEndpoint.Present present, DeployedModel next, DeployedModel serving, Known known) {
        boolean failed = known.failedModel().equals(Optional.of(next.id()));
        Map<String, Integer> split =
                failed ? Map.of(serving.id(), ALL) : Map.of(next.id(), TRIAL_SHARE, serving.id(), ALL - TRIAL_SHARE);
        return new Way(
                split(present, split),
                Optional.of(
                        failed
                                ? new Obstacle.CanaryUnanswered(name(next), name(serving))
                                : new Obstacle.OnTrial(next.id(), name(next), name(serving))));
    }

    /** What takes most calls beside it. */
    private static Optional<DeployedModel> serving(ObservedEndpoint.Present present, DeployedModel keep) {
        return present.deployedModels().stream()
                .filter(m -> !m.equals(keep) && share(present, m) > 0)
                .max(Comparator.comparingInt(m -> share(present, m)));
    }

    private static List<Change> split(ObservedEndpoint.Present present, Map<String, Integer> wanted) {
        return present.trafficSplit().equals(wanted)
                ? List.of()
                : List.of(new Change.Update.TrafficSplit(present.endpointId(), wanted, present.trafficSplit()));
    }

    private static int share(ObservedEndpoint.Present present, DeployedModel model) {
        return present.trafficSplit().getOrDefault(model.id(), 0);
    }

    private static String name(DeployedModel model) {
        return model.modelId() + "@" + model.modelVersion();
    }
}
