package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.status.CloudReports;
import dev.secureprediction.operator.status.Deadlines;
import dev.secureprediction.operator.status.Observed;
import dev.secureprediction.operator.status.StatusEvent;
import dev.secureprediction.operator.status.StatusProjector;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes endpoints true: resolve and plan, apply, observe and prove, project. */
public final class EndpointReconciler
        implements Reconciler<SecurePredictionEndpoint>, Cleaner<SecurePredictionEndpoint> {

    public static final String FINALIZER = "secureprediction.dev/finalizer";
    private static final Duration AT_ONCE = Duration.ofMillis(50);
    private final Function<EventSourceContext<SecurePredictionEndpoint>, EndpointParts> wiring;
    private final StatusProjector projector;
    private final Requeue requeue;
    private final Turns turns;

    private @Nullable EndpointParts wired;

    EndpointReconciler(
            Function<EventSourceContext<SecurePredictionEndpoint>, EndpointParts> wiring,
            StatusProjector projector,
            Requeue requeue,
            Turns turns) {
        this.wiring = wiring;
        this.projector = projector;
        this.requeue = requeue;
        this.turns = turns;
    }

    @Override
    public List<EventSource<?, SecurePredictionEndpoint>> prepareEventSources(
            EventSourceContext<SecurePredictionEndpoint> context) {
        wired = wiring.apply(context);
        return wired.watches().sources();
    }

    @Override
    public UpdateControl<SecurePredictionEndpoint> reconcile(
            SecurePredictionEndpoint endpoint, Context<SecurePredictionEndpoint> context) {
        return EndpointPlans.isChanged(endpoint)
                ? turns.awaited(() -> reconcile(endpoint, context, parts()))
                : turns.lookingAgain(ResourceID.fromResource(endpoint), () -> reconcile(endpoint, context, parts()))
                        .orElseGet(UpdateControl::noUpdate); // the framework begins anew, with what it is now
    }

    /** Which updates matter; a round that waits to look again makes way for them. */
    OnUpdateFilter<SecurePredictionEndpoint> updates() {
        var filters = new EventFilters<SecurePredictionEndpoint>();
        return (now, before) -> {
            var matters = filters.accept(now, before);
            if (matters) {
                turns.overtake(ResourceID.fromResource(now));
            }
            return matters;
        };
    }

    private UpdateControl<SecurePredictionEndpoint> reconcile(
            SecurePredictionEndpoint endpoint, Context<SecurePredictionEndpoint> context, EndpointParts parts) {
        var asked = parts.plans().asked(endpoint, context);
        if (asked instanceof EndpointPlan.Refused) {
            if (EndpointPlans.isChanged(endpoint)) { // the answer first, then what served is looked after
                parts.statuses().write(endpoint, projector.project(asked, Observed.NOTHING), context);
                return UpdateControl.<SecurePredictionEndpoint>noUpdate().rescheduleAfter(AT_ONCE);
            }
        }
        var observed = parts.round().run(endpoint, asked, context);
        var projection = projector.project(asked, observed);
        parts.statuses().write(endpoint, projection, context);
        parts.verifications().issue(endpoint, asked, projection.status(), observed.probe());
        return UpdateControl.<SecurePredictionEndpoint>noUpdate()
                .rescheduleAfter(Requeue.sooner(
                        requeue.after(observed, projection.status().conditions(), EndpointPlans.driftSeconds(asked)),
                        Deadlines.next(asked, projection.status())));
    }

    @Override
    public DeleteControl cleanup(SecurePredictionEndpoint endpoint, Context<SecurePredictionEndpoint> context) {
        return turns.awaited(() -> {
            try {
                return cleanup(endpoint, context, parts());
            } catch (KubernetesClientException e) {
                var refused = projector.project(parts().plans().asked(endpoint), ClusterFailure.of(e));
                parts().statuses().write(endpoint, refused, context);
                return DeleteControl.noFinalizerRemoval()
                        .rescheduleAfter(requeue.refused(EndpointRemoval.since(endpoint)));
            }
        });
    }

    private DeleteControl cleanup(
            SecurePredictionEndpoint endpoint, Context<SecurePredictionEndpoint> context, EndpointParts parts) {
        var asked = parts.plans().asked(endpoint);
        if (!EndpointPlans.mandate(endpoint, asked).mayWrite()) { // deleting is writing: it waits
            parts.statuses().write(endpoint, projector.project(asked, Observed.LEAVING), context);
            return DeleteControl.noFinalizerRemoval();
        }
        var step = parts.remove(endpoint, asked);
        return switch (step) {
            case EndpointRemoval.Step.Done ignored -> DeleteControl.defaultDelete();
            case EndpointRemoval.Step.GivenUp givenUp -> {
                parts.events().record(endpoint, StatusEvent.warning("CloudResourcesLeft", givenUp.left()));
                yield DeleteControl.defaultDelete();
            }
            case EndpointRemoval.Step.Waiting waiting -> {
                var cloud = CloudReports.of(waiting.cloud(), waiting.result(), false);
                var projection = projector.project(asked, Observed.leaving(cloud));
                parts.statuses().write(endpoint, projection, context);
                yield DeleteControl.noFinalizerRemoval()
                        .rescheduleAfter(requeue.removal(waiting.result(), EndpointRemoval.since(endpoint)));
            }
        };
    }

    /** What else can be asked of it, once the framework has prepared event sources. */
    Optional<EndpointParts> wired() {
        return Optional.ofNullable(wired);
    }

    private EndpointParts parts() {
        return Objects.requireNonNull(wired, "the framework prepares event sources first");
    }
}
