package dev.secureprediction.gateway.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A place that keeps answers. Safe for use by many threads; never blocks; what it cannot do it leaves. */
public interface AnswerStore {

    /** The answer under this key; empty where there is none, or none that can be read. Never fails. */
    CompletableFuture<Optional<StoredAnswer>> find(String key);

    /** Keeps it for so long, if there is room. */
    void keep(String key, StoredAnswer answer, Duration time);
}
