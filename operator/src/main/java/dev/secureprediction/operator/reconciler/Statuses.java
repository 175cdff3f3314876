package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.observe.StatusMetrics;
import dev.secureprediction.operator.status.Projection;
import dev.secureprediction.operator.status.StatusEvent;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.function.Supplier;

/**
 * Writes a status, and only one that changed. The written one is seen by the next reconciliation even if the watch is behind, so
 * that an operation's name is not lost and no transition is told twice.
 */
final class Statuses<S, R extends CustomResource<?, S>> {

    private final Supplier<R> empty;
    private final EventRecorder events;
    private final StatusMetrics<R, S> metrics;

    Statuses(Supplier<R> empty, EventRecorder events) {
        this(empty, events, StatusMetrics.none());
    }

    /**
     * With somebody who counts.
     *
     * @param metrics is told of every look
     */
    Statuses(Supplier<R> empty, EventRecorder events, StatusMetrics<R, S> metrics) {
        this.empty = empty;
        this.events = events;
        this.metrics = metrics;
    }

    void write(R resource, Projection<S> projection, Context<R> context) {
        if (!projection.changed()) {
            metrics.told(resource, projection.status(), false);
            return;
        }
        var patch = empty.get();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        patch.setStatus(projection.status());
        PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(resource, patch, context);
        metrics.told(resource, projection.status(), true);
        for (StatusEvent event : projection.events()) {
            events.record(resource, event);
        }
    }

    /** It goes. */
    void forget(R resource) {
        metrics.gone(resource);
    }
}
