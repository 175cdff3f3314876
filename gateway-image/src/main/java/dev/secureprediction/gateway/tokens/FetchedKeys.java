package dev.secureprediction.gateway.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.secureprediction.policy.model.Issuer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys fetched from the issuer, in the background. The last good ones stay while the issuer is down, up to the policy's
 * limit. An unknown key id causes one shared fetch; when that did not find it, the next waits for {@link #COOL_DOWN}.
 */
final class FetchedKeys implements IssuerKeySource, AutoCloseable {
    /** Between two fetches that strangers' key ids caused in vain. */
    static final Duration COOL_DOWN = Duration.ofSeconds(15);

    /** Between two fetches that found what they looked for. */
    static final Duration SHORT_COOL_DOWN = Duration.ofSeconds(1);

    static final Duration MIN_AGE = Duration.ofSeconds(30);
    static final Duration MAX_AGE = Duration.ofHours(1);
    static final Duration DEFAULT_AGE = Duration.ofMinutes(10);
    private static final Duration MAX_RETRY = Duration.ofSeconds(60);
    private static final int NEGATIVE_ENTRIES = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);

    private final Issuer issuer;
    private final KeyLocation location;
    private final Supplier<SignatureProvider> provider;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Cache<String, Boolean> notFound;

    private volatile Loaded loaded = new Loaded(KeySet.EMPTY, Instant.MIN);
    private volatile boolean attempted;

    // guarded by this
    private @Nullable CompletableFuture<Void> running;
    private @Nullable ScheduledFuture<?> next;
    private Instant nextLook = Instant.MIN;
    private int failures;
    private boolean closed;

    private record Loaded(KeySet keys, Instant at) {}

    FetchedKeys(
            Issuer issuer,
            KeyDocuments documents,
            Supplier<SignatureProvider> provider,
            ScheduledExecutorService timer,
            Clock clock) {
        this.issuer = issuer;
        this.location = new KeyLocation(issuer, documents, clock);
        this.provider = provider;
        this.timer = timer;
        this.clock = clock;
        this.notFound = Caffeine.newBuilder()
                .maximumSize(NEGATIVE_ENTRIES)
                .expireAfterWrite(COOL_DOWN.multipliedBy(2))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    @Override
    public KeySet current() {
        Loaded now = loaded;
        boolean fresh = now.keys().size() > 0
                && now.at().plusSeconds(issuer.maxStaleSeconds()).isAfter(clock.instant());
        return fresh ? now.keys() : KeySet.EMPTY;
    }

    @Override
    public Optional<Instant> confirmedAt() {
        Loaded now = loaded;
        return now.keys().size() > 0 ? Optional.of(now.at()) : Optional.empty();
    }

    @Override
    public boolean attempted() {
        return attempted;
    }

    @Override
    public synchronized Optional<CompletableFuture<Void>> lookFor(String keyId) {
        if (running != null) {
            return Optional.of(running);
        }
        if (closed || clock.instant().isBefore(nextLook) || notFound.getIfPresent(keyId) != null) {
            return Optional.empty();
        }
        nextLook = clock.instant().plus(COOL_DOWN);
        return Optional.of(refresh().thenRun(() -> settleLook(keyId)));
    }

    private synchronized void settleLook(String keyId) {
        if (loaded.keys().containsId(keyId)) {
            nextLook = clock.instant().plus(SHORT_COOL_DOWN);
        } else {
            notFound.put(keyId, true);
        }
    }

    /** Begins to fetch unless that is under way. */
    synchronized void begin() {
        if (closed || running != null) {
            return;
        }
        CompletableFuture<Void> fetch = new CompletableFuture<>();
        running = fetch;
        Thread.ofVirtual().name("keys-" + issuer.name()).start(() -> fetch(fetch));
    }

    /** Fetches now, or joins the fetch that is under way; ends normally also when it fails. */
    synchronized CompletableFuture<Void> refresh() {
        begin();
        return running == null ? CompletableFuture.completedFuture(null) : running;
    }

    private void fetch(CompletableFuture<Void> done) {
        Duration wait;
        try {
            wait = load();
        } catch (IOException | RuntimeException e) {
            wait = failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wait = MAX_RETRY;
        }
        synchronized (this) {
            attempted = true;
            running = null;
            schedule(wait);
        }
        done.complete(null);
    }

    private Duration load() throws IOException, InterruptedException {
        KeyDocuments.Document document = location.fetch();
        KeySet keys = KeySet.parse(document.body(), provider.get())
                .orElseThrow(() -> new IOException("what it serves is not a JWK set"));
        if (keys.size() == 0) {
            throw new IOException("its JWK set has no usable key");
        }
        loaded = new Loaded(keys, clock.instant());
        synchronized (this) {
            failures = 0;
        }
        Duration age = document.maxAge().orElse(DEFAULT_AGE);
        return age.compareTo(MIN_AGE) < 0 ? MIN_AGE : age.compareTo(MAX_AGE) > 0 ? MAX_AGE : age;
    }

    private Duration failed(Exception e) {
        int count;
        synchronized (this) {
            count = ++failures;
        }
        LOG.warn(
                "keys of issuer {} could not be fetched, attempt {}, {} known keys go on: {}",
                issuer.name(),
                count,
                current().size(),
                e.getMessage());
        Duration wait = Duration.ofSeconds(1L << Math.min(count, 6));
        return wait.compareTo(MAX_RETRY) > 0 ? MAX_RETRY : wait;
    }

    private void schedule(Duration wait) {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = timer.schedule(this::begin, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
