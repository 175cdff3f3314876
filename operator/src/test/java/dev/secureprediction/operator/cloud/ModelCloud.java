package dev.secureprediction.operator.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Google Cloud would do with one endpoint's changes, in memory: it refuses what Google refuses, and long
 * operations take one round.
 */
public final class ModelCloud implements CloudResources {

    private ObservedCloud state;
    private Optional<Runnable> running = Optional.empty();
    private final List<Change> log = new ArrayList<>();

    public ModelCloud(ObservedCloud state) {
        this.state = state;
    }

    /** Nothing but the role and the model. */
    public static ModelCloud empty() {
        return new ModelCloud(CloudStates.empty());
    }

    public ObservedCloud state() {
        return state;
    }

    /** Somebody changed it by hand. */
    public void becomes(ObservedCloud next) {
        state = next;
    }

    /** Every change that was asked for, in order. */
    public List<Change> log() {
        return List.copyOf(log);
    }

    @Override
    public ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation) {
        Optional<OperationState> operation = pendingOperation.map(
                name -> running.isPresent() ? new OperationState.Running(name) : new OperationState.Succeeded(name));
        ObservedCloud seen = CloudStates.withOperation(state, operation);
        running.ifPresent(Runnable::run);
        running = Optional.empty();
        return seen;
    }

    @Override
    public Outcome apply(DesiredCloud desired, Change change) {
        log.add(change);
        return switch (change) {
            case Change.Create.Account create -> {
                require(state.account() instanceof ObservedServiceAccount.Absent, "the account exists");
                state = CloudStates.withAccount(
                        state,
                        new ObservedServiceAccount.Present(
                                create.account().email(),
                                "1",
                                false,
                                create.account().displayName(),
                                Optional.of(Ownership.of(desired.owner()))));
                state = CloudStates.withAccountPolicy(state, ObservedPolicy.of(Set.of()));
                yield new Outcome.Done();
            }
            case Change.Delete.Key key -> {
                List<String> keys = new ArrayList<>(state.access().keys());
                require(keys.remove(key.name()), "there is no such key");
                state = CloudStates.withAccess(
                        state,
                        new ObservedAccess(
                                state.access().elsewhere(),
                                state.access().roles(),
                                keys,
                                state.access().unread()));
                yield new Outcome.Done();
            }
            case Change.Delete.Account ignored -> {
                state = CloudStates.withAccount(state, new ObservedServiceAccount.Absent());
                state = CloudStates.withAccountPolicy(state, ObservedPolicy.absent());
                yield new Outcome.Done();
            }
            case Change.Grant grant -> policy(grant.target(), grant.binding(), true);
            case Change.Revoke revoke -> policy(revoke.target(), revoke.binding(), false);
            case Change.Update.EndpointMetadata update -> {
                ObservedEndpoint.Present endpoint = endpoint();
                Map<String, String> labels = new HashMap<>(endpoint.labels());
                labels.putAll(update.labels());
                state = CloudStates.withEndpoint(state, CloudStates.relabelled(endpoint, update.displayName(), labels));
                yield new Outcome.Done();
            }
            case Change.Update.TrafficSplit update -> {
                serve(endpoint().deployedModels(), update.split());
                yield new Outcome.Done();
            }
            case Change.Create.Endpoint ignored ->
                begin(() -> {
                    state = CloudStates.withEndpoint(state, CloudStates.freshEndpoint(desired));
                    if (desired.grantTarget() instanceof PolicyTarget.OnEndpoint) {
                        state = CloudStates.withGrantPolicy(state, ObservedPolicy.of(Set.of()));
                    }
                });
            case Change.Create.Deployment deploy -> begin(() -> deploy(deploy));
            case Change.Update.Replicas update -> begin(() -> resize(update));
            case Change.Delete.Deployment undeploy -> begin(() -> undeploy(undeploy.deployedModel()));
            case Change.Delete.Endpoint ignored -> {
                require(endpoint().deployedModels().isEmpty(), "models are deployed");
                yield begin(() -> {
                    state = CloudStates.withEndpoint(state, new ObservedEndpoint.Absent());
                    state = CloudStates.withGrantPolicy(state, ObservedPolicy.absent());
                });
            }
        };
    }

    @Override
    public Preflight preflight(CloudScope scope, String invokerRole, Map<String, Set<String>> permissions) {
        return new Preflight.Ready(new Room(Optional.empty(), Map.of()));
    }

    private void deploy(Change.Create.Deployment deploy) {
        List<ObservedEndpoint.DeployedModel> models = new ArrayList<>(endpoint().deployedModels());
        require(
                models.stream().noneMatch(m -> m.id().equals(deploy.deployedModelId())),
                "a model of this id is deployed");
        DesiredDeployment wanted = deploy.deployment();
        models.add(new ObservedEndpoint.DeployedModel(
                deploy.deployedModelId(),
                wanted.modelId(),
                wanted.modelVersion(),
                wanted.machineType(),
                wanted.minReplicas(),
                wanted.maxReplicas()));
        serve(
                models,
                deploy.takesTraffic()
                        ? Map.of(deploy.deployedModelId(), 100)
                        : endpoint().trafficSplit());
    }

    private void resize(Change.Update.Replicas update) {
        List<ObservedEndpoint.DeployedModel> models = new ArrayList<>(endpoint().deployedModels());
        models.replaceAll(m -> m.id().equals(update.observed().id())
                ? new ObservedEndpoint.DeployedModel(
                        m.id(),
                        m.modelId(),
                        m.modelVersion(),
                        m.machineType(),
                        update.minReplicas(),
                        update.maxReplicas())
                : m);
        serve(models, endpoint().trafficSplit());
    }

    private void undeploy(ObservedEndpoint.DeployedModel gone) {
        List<ObservedEndpoint.DeployedModel> models = new ArrayList<>(endpoint().deployedModels());
        models.removeIf(m -> m.id().equals(gone.id()));
        boolean busy = endpoint().trafficSplit().getOrDefault(gone.id(), 0) > 0;
        require(!busy || models.isEmpty(), "the model has traffic");
        serve(models, models.isEmpty() ? Map.of() : endpoint().trafficSplit());
    }

    private void serve(List<ObservedEndpoint.DeployedModel> models, Map<String, Integer> split) {
        Set<String> ids = new HashSet<>();
        models.forEach(m -> ids.add(m.id()));
        require(ids.containsAll(split.keySet()), "the split names a model that is not deployed");
        state = CloudStates.withEndpoint(state, CloudStates.serving(endpoint(), models, split));
    }

    private Outcome policy(PolicyTarget target, Binding binding, boolean present) {
        boolean ofAccount = target instanceof PolicyTarget.OnAccount;
        ObservedPolicy policy = ofAccount ? state.accountPolicy() : state.grantPolicy();
        require(policy.resourceExists(), "there is no " + target.display());
        Set<Binding> bindings = new HashSet<>(policy.bindings());
        require(present ? bindings.add(binding) : bindings.remove(binding), "nothing would change");
        ObservedPolicy changed = ObservedPolicy.of(bindings);
        state = ofAccount ? CloudStates.withAccountPolicy(state, changed) : CloudStates.withGrantPolicy(state, changed);
        return new Outcome.Done();
    }

    private Outcome begin(Runnable effect) {
        require(running.isEmpty(), "an operation runs");
        running = Optional.of(() -> {
            effect.run();
            if (state.endpoint() instanceof ObservedEndpoint.Present endpoint) {
                state = CloudStates.withEndpoint(
                        state, CloudStates.touched(endpoint, Instant.ofEpochSecond(log.size())));
            }
        });
        return new Outcome.Pending("operations/" + log.size());
    }

    private ObservedEndpoint.Present endpoint() {
        if (state.endpoint() instanceof ObservedEndpoint.Present present) {
            return present;
        }
        throw new CloudException.NotFound("the endpoint");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("Google would refuse: " + otherwise);
        }
    }
}
