package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import dev.secureprediction.operator.apply.AuthorityStore;
import dev.secureprediction.operator.apply.Editions;
import dev.secureprediction.operator.apply.GatewayAccess;
import dev.secureprediction.operator.apply.SigningKeyStore;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.EnvironmentScope;
import dev.secureprediction.operator.plan.PreflightPlanner;
import dev.secureprediction.operator.plan.RolloutPlan;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.EnvironmentResolver;
import dev.secureprediction.operator.resolve.Installation;
import dev.secureprediction.operator.status.EnvironmentProjector;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Accepts environments, checks their project, and keeps them while endpoints refer to them. */
public final class EnvironmentReconciler implements Reconciler<PredictionEnvironment>, Cleaner<PredictionEnvironment> {

    public static final String FINALIZER = "secureprediction.dev/environment";

    private final CloudResources cloud;
    private final GatewayAccess access;
    private final AuthorityStore authorities;
    private final SigningKeyStore keys;
    private final EnvironmentProjector projector;
    private final Function<String, Optional<RolloutPlan>> rollouts;
    private final Statuses<EnvironmentStatus, PredictionEnvironment> statuses;
    private final Requeue requeue;
    private final Installation installation;

    private @Nullable EnvironmentWatches watches;

    EnvironmentReconciler(
            CloudResources cloud,
            GatewayAccess access,
            AuthorityStore authorities,
            SigningKeyStore keys,
            EnvironmentProjector projector,
            Function<String, Optional<RolloutPlan>> rollouts,
            Statuses<EnvironmentStatus, PredictionEnvironment> statuses,
            Requeue requeue,
            Installation installation) {
        this.cloud = cloud;
        this.access = access;
        this.authorities = authorities;
        this.keys = keys;
        this.projector = projector;
        this.rollouts = rollouts;
        this.statuses = statuses;
        this.requeue = requeue;
        this.installation = installation;
    }

    @Override
    public List<EventSource<?, PredictionEnvironment>> prepareEventSources(
            EventSourceContext<PredictionEnvironment> context) {
        watches = new EnvironmentWatches(access, context);
        return watches.sources();
    }

    @Override
    public UpdateControl<PredictionEnvironment> reconcile(
            PredictionEnvironment environment, Context<PredictionEnvironment> context) {
        return Trace.during(() -> {
            var inputs = EnvironmentInputs.gather(environment, caches(), installation);
            var resolution = EnvironmentResolver.resolve(inputs);
            var scope = EnvironmentScope.of(environment.getSpec().google());
            var preflight = cloud.preflight(
                    scope.scope(), scope.invokerRole(), PreflightPlanner.permissions(environment.getSpec()));
            var rollout = rollouts.apply(environment.getMetadata().getName())
                    .filter(plan -> plan.isAbout(inputs.revision(), watches().staying(environment)));
            var projection =
                    projector.project(inputs, resolution, preflight, endpoints(environment), rollout, keys.shown());
            statuses.write(environment, projection.status(), context);
            return UpdateControl.<PredictionEnvironment>noUpdate()
                    .rescheduleAfter(requeue.environment(
                            projection.cloud(),
                            projection.status().status().conditions(),
                            rollout.isPresent(),
                            environment.getSpec().driftIntervalSecondsOrDefault()));
        });
    }

    /** Endpoints need it to take away what they made; the last one's end comes as an event. */
    @Override
    public DeleteControl cleanup(PredictionEnvironment environment, Context<PredictionEnvironment> context) {
        var waiting = watches().endpointsOf(environment.getMetadata().getName());
        if (!waiting.isEmpty()) {
            var names = waiting.stream().map(EndpointKey::toString).toList();
            statuses.write(environment, projector.leaving(environment, names), context);
            return DeleteControl.noFinalizerRemoval();
        }
        var namespace = environment.getSpec().gatewayNamespace();
        if (watches().usersOf(namespace) == 1) {
            authorities.remove(namespace);
        }
        statuses.forget(environment);
        Editions.remove(
                context.getClient(), namespace, environment.getMetadata().getName());
        return DeleteControl.defaultDelete();
    }

    private int endpoints(PredictionEnvironment environment) {
        return watches().endpointsOf(environment.getMetadata().getName()).size();
    }

    private ClusterCaches caches() {
        return watches().caches();
    }

    private EnvironmentWatches watches() {
        return Objects.requireNonNull(watches, "the framework prepares event sources first");
    }
}
