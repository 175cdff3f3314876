package dev.secureprediction.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keeps answers in this pod, up to so many bytes. */
public final class LocalAnswers implements AnswerStore {
    private static final int OVERHEAD = 256;

    private final Cache<String, Entry> entries;

    private record Entry(StoredAnswer answer, Duration time) {}

    /**
     * An empty store.
     *
     * @param maxBytes of all answers together
     */
    public LocalAnswers(long maxBytes) {
        entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String key, Entry entry) -> entry.answer().body().length + OVERHEAD)
                .expireAfter(Expiry.writing((String key, Entry entry) -> entry.time()))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public CompletableFuture<Optional<StoredAnswer>> find(String key) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(entries.getIfPresent(key)).map(Entry::answer));
    }

    @Override
    public void keep(String key, StoredAnswer answer, Duration time) {
        entries.put(key, new Entry(answer, time));
    }
}
