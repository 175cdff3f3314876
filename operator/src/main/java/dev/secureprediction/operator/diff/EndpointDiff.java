package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedModel;
import dev.secureprediction.operator.cloud.OperationState;
import dev.secureprediction.operator.cloud.Ownership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Vertex AI endpoint and what is deployed to it. */
final class EndpointDiff {

    private EndpointDiff() {}

    /**
     * The way up.
     *
     * @param changes in order
     * @param obstacles what stands in the way
     * @param mayBeCalled whether access may be granted after these changes
     * @param adopts whether the endpoint is one that nobody marked
     */
    record Up(List<Change> changes, List<Obstacle> obstacles, boolean mayBeCalled, boolean adopts) {

        Up(List<Change> changes, List<Obstacle> obstacles, boolean mayBeCalled) {
            this(changes, obstacles, mayBeCalled, false);
        }

        static Up blocked(Obstacle obstacle) {
            return new Up(List.of(), List.of(obstacle), false);
        }
    }

    /** The way down. */
    record Down(List<Change> changes, List<Obstacle> obstacles) {}

    static Up up(DesiredCloud desired, ObservedCloud observed, Known known) {
        return switch (desired.endpoint()) {
            case DesiredEndpoint.None ignored -> new Up(List.of(), List.of(), true);
            case DesiredEndpoint.Existing existing ->
                observed.endpoint() instanceof ObservedEndpoint.Present
                        ? new Up(List.of(), List.of(), true)
                        : Up.blocked(new Obstacle.EndpointMissing(existing.endpointId()));
            case DesiredEndpoint.Created created -> created(desired, created, observed, known);
        };
    }

    static Down down(DesiredCloud desired, ObservedCloud observed) {
        if (!(desired.endpoint() instanceof DesiredEndpoint.Created)
                || !(observed.endpoint() instanceof ObservedEndpoint.Present present)
                || !isOurs(desired, present)
                || present.labels().containsKey(Ownership.ADOPTED_LABEL)) {
            // an operation that creates the endpoint must end before there is something to delete
            return new Down(List.of(), running(observed).stream().toList());
        }
        Optional<Obstacle> busy = busy(observed);
        if (busy.isPresent()) {
            return new Down(List.of(), List.of(busy.get()));
        }
        return new Down(deletion(present, Optional.empty()), List.of());
    }

    private static List<Change> deletion(ObservedEndpoint.Present present, Optional<Difference> why) {
        List<Change> changes = new ArrayList<>();
        List<ObservedEndpoint.DeployedModel> deployed = new ArrayList<>(present.deployedModels());
        deployed.sort((a, b) -> Integer.compare(
                present.trafficSplit().getOrDefault(a.id(), 0),
                present.trafficSplit().getOrDefault(b.id(), 0)));
        if (!deployed.isEmpty()) {
            // only the last model may go while calls are sent to it
            Map<String, Integer> allToLast = Map.of(deployed.getLast().id(), 100);
            if (deployed.size() > 1 && !present.trafficSplit().equals(allToLast)) {
                changes.add(new Change.Update.TrafficSplit(present.endpointId(), allToLast, present.trafficSplit()));
            }
        }
        deployed.forEach(m -> changes.add(new Change.Delete.Deployment(present.endpointId(), m)));
        changes.add(new Change.Delete.Endpoint(present.endpointId(), !deployed.isEmpty(), why));
        return changes;
    }

    private static Up created(
            DesiredCloud desired, DesiredEndpoint.Created created, ObservedCloud observed, Known known) {
        boolean unmarked = observed.endpoint() instanceof ObservedEndpoint.Present present
                && !isOurs(desired, present)
                && !isStripped(present, known);
        boolean adopts = unmarked && known.adopting() && isNobodys(observed.endpoint());
        if (unmarked && !adopts) {
            return Up.blocked(new Obstacle.ConflictUnmanaged("endpoints/" + created.endpointId()));
        }
        Optional<Obstacle> busy = busy(observed);
        if (busy.isPresent()) {
            // what served before the operation serves on, so its access is still kept
            boolean serves = observed.endpoint() instanceof ObservedEndpoint.Present present
                    && present.serving().isPresent();
            return new Up(List.of(), List.of(busy.get()), serves);
        }
        // looked at before the endpoint is made: a wrong model leaves nothing behind
        return switch (observed.model()) {
            case ObservedModel.NotNeeded ignored -> throw new IllegalArgumentException("the model was not read");
            case ObservedModel.Absent ignored -> Up.blocked(new Obstacle.ModelMissing(model(created.deployment())));
            case ObservedModel.Present model -> {
                String wanted = created.deployment().fingerprint();
                yield model.fingerprint().filter(wanted::equals).isPresent()
                        ? withModel(desired, created, observed, model, known, adopts)
                        : Up.blocked(new Obstacle.FingerprintMismatch(
                                model(created.deployment()), wanted, model.fingerprint()));
            }
        };
    }

    private static Up withModel(
            DesiredCloud desired,
            DesiredEndpoint.Created created,
            ObservedCloud observed,
            ObservedModel.Present model,
            Known known,
            boolean adopts) {
        if (!(observed.endpoint() instanceof ObservedEndpoint.Present present)) {
            return new Up(
                    List.of(
                            new Change.Create.Endpoint(created),
                            new Change.Create.Deployment(
                                    created.endpointId(),
                                    DeployedModelId.of(created.deployment(), model.version(), ""),
                                    created.deployment(),
                                    true)),
                    List.of(),
                    true);
        }
        List<Change> changes = new ArrayList<>();
        metadata(desired, created, present, adopts).ifPresent(changes::add);
        DeploymentDiff.Way way = DeploymentDiff.way(created, present, model.version(), known);
        List<Obstacle> obstacles = new ArrayList<>(way.obstacle().stream().toList());
        Optional<Difference> fixed = fixed(created, present);
        if (fixed.isEmpty()) {
            changes.addAll(way.changes());
        } else if (adopts || present.labels().containsKey(Ownership.ADOPTED_LABEL)) {
            changes.addAll(way.changes());
            obstacles.add(new Obstacle.Immutable(fixed.get()));
        } else if (present.deployedModels().isEmpty()
                || (way.changes().isEmpty() && way.obstacle().isEmpty())) {
            // it is made again once it is gone, of the same name; until then what is deployed on it serves
            changes.addAll(deletion(present, fixed));
        } else {
            changes.addAll(way.changes());
        }
        return new Up(changes, obstacles, true, adopts);
    }

    private static Optional<Change> metadata(
            DesiredCloud desired, DesiredEndpoint.Created created, ObservedEndpoint.Present present, boolean adopts) {
        Map<String, String> wanted = new HashMap<>(Ownership.labels(desired.owner()));
        if (adopts) {
            wanted.put(Ownership.ADOPTED_LABEL, "true");
        }
        Map<String, String> found = new HashMap<>(present.labels());
        found.keySet().retainAll(wanted.keySet());
        return found.equals(wanted) && present.displayName().equals(created.displayName())
                ? Optional.empty()
                : Optional.of(new Change.Update.EndpointMetadata(
                        present.endpointId(),
                        created.displayName(),
                        Map.copyOf(wanted),
                        present.displayName() + " " + found));
    }

    /** What differs and cannot be changed in place; a key that nobody asks for any more does no harm. */
    private static Optional<Difference> fixed(DesiredEndpoint.Created created, ObservedEndpoint.Present present) {
        return created.encryptionKey().isEmpty() || created.encryptionKey().equals(present.encryptionKey())
                ? Optional.empty()
                : Optional.of(new Difference(
                        "endpoints/" + present.endpointId(),
                        "encryptionSpec.kmsKeyName",
                        created.encryptionKey().orElse("none"),
                        present.encryptionKey().orElse("none")));
    }

    private static Optional<Obstacle> busy(ObservedCloud observed) {
        return observed.operation().flatMap(operation -> switch (operation) {
            case OperationState.Running running -> Optional.of(new Obstacle.OperationRunning(running.name()));
            case OperationState.Failed failed ->
                Optional.of(new Obstacle.OperationFailed(failed.name(), failed.message()));
            case OperationState.Succeeded ignored -> Optional.empty();
            case OperationState.Vanished ignored -> Optional.empty();
        });
    }

    private static Optional<Obstacle> running(ObservedCloud observed) {
        return observed.runningOperation().map(Obstacle.OperationRunning::new);
    }

    /** The very endpoint that we made, whose mark somebody took away; a mark of somebody else stands. */
    private static boolean isStripped(ObservedEndpoint.Present present, Known known) {
        return present.ownership().isEmpty() && known.endpointCreated().equals(Optional.of(present.createTime()));
    }

    /** A mark of another installation or endpoint is never overwritten. */
    private static boolean isNobodys(ObservedEndpoint endpoint) {
        return endpoint instanceof ObservedEndpoint.Present present
                && present.ownership().isEmpty();
    }

    private static boolean isOurs(DesiredCloud desired, ObservedEndpoint.Present present) {
        return present.ownership().filter(Ownership.of(desired.owner())::equals).isPresent();
    }

    private static String model(DesiredDeployment deployment) {
        return deployment.modelId() + "@" + deployment.modelVersion();
    }
}
