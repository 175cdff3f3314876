package dev.secureprediction.bench.operator;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Handlers of watches. */
final class Handlers {
    private Handlers() {}

    /** Told of what is there and how it changes. */
    static <R> ResourceEventHandler<R> of(Consumer<R> seen) {
        return of(seen, gone -> {});
    }

    static <R> ResourceEventHandler<R> of(Consumer<R> seen, Consumer<R> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(R object) {
                seen.accept(object);
            }

            @Override
            public void onUpdate(R before, R object) {
                seen.accept(object);
            }

            @Override
            public void onDelete(R object, boolean unknown) {
                gone.accept(object);
            }
        };
    }
}
