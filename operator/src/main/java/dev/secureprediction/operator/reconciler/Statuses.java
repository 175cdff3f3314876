package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.status.Projection;
import dev.secureprediction.operator.status.StatusEvent;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Writes a status, and only one that changed. The written one is seen by the next reconciliation even if the watch is behind, so
 * that an operation's name is not lost and no transition is told twice.
 */
final class Statuses<S, R extends CustomResource<?, S>> {

    private final Supplier<R> empty;
    private final EventRecorder events;
    private final BiConsumer<R, S> written;

    Statuses(Supplier<R> empty, EventRecorder events) {
        this(empty, events, (resource, status) -> {});
    }

    /**
     * With somebody who counts.
     *
     * @param written is told of the resource as it was, and of its new status
     */
    Statuses(Supplier<R> empty, EventRecorder events, BiConsumer<R, S> written) {
        this.empty = empty;
        this.events = events;
        this.written = written;
    }

    void write(R resource, Projection<S> projection, Context<R> context) {
        if (!projection.changed()) {
            return;
        }
        var patch = empty.get();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        patch.setStatus(projection.status());
        PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(resource, patch, context);
        written.accept(resource, projection.status());
        for (StatusEvent event : projection.events()) {
            events.record(resource, event);
        }
    }
}
