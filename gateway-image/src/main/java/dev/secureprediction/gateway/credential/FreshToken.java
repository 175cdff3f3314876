package dev.secureprediction.gateway.credential;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one access token fresh: renewed ahead of expiry, by one mint at a time. While minting fails the old token serves
 * to its very end, then callers get the failure.
 */
public final class FreshToken implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FreshToken.class);

    /** Renewal begins so long before expiry, or after four fifths of a shorter life. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MAX_RETRY = Duration.ofSeconds(30);
    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final Duration REFUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final TokenSource source;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    private volatile Optional<AccessToken> current = Optional.empty();

    // guarded by this
    private @Nullable CompletableFuture<AccessToken> running;
    private @Nullable ScheduledFuture<?> next;
    private Instant noMintBefore = Instant.MIN;
    private int failures;
    private boolean closed;

    public FreshToken(TokenSource source, ScheduledExecutorService timer, Clock clock) {
        this.source = source;
        this.timer = timer;
        this.clock = clock;
    }

    /** A token that is good now; empty when one must be waited for with {@link #get}. */
    public Optional<AccessToken> now() {
        return current.filter(token -> clock.instant().isBefore(token.expiresAt()));
    }

    /** A good token, minted if need be; fails when there is none to be had in time. Failures hold nothing secret. */
    public CompletableFuture<AccessToken> get() {
        Optional<AccessToken> good = now();
        return good.isPresent()
                ? CompletableFuture.completedFuture(good.get())
                : mint().copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The upstream did not take this token: it is not used again. */
    public void reject(AccessToken token) {
        if (current.filter(now -> now == token).isPresent()) {
            current = Optional.empty();
        }
    }

    private synchronized CompletableFuture<AccessToken> mint() {
        if (running == null && (closed || clock.instant().isBefore(noMintBefore))) {
            return CompletableFuture.failedFuture(new IOException("no credential; the last attempt failed just now"));
        }
        renew();
        return Objects.requireNonNull(running);
    }

    /** Begins to keep a token, unless that has begun. */
    public synchronized void prepare() {
        if (next == null) {
            renew();
        }
    }

    /** Gets a token before one is needed, or before the one there is ends. */
    private synchronized void renew() {
        if (closed || running != null) {
            return;
        }
        CompletableFuture<AccessToken> result = new CompletableFuture<>();
        running = result;
        Thread.ofVirtual().name("google-token").start(() -> mint(result));
    }

    private void mint(CompletableFuture<AccessToken> result) {
        try {
            AccessToken token = source.mint();
            settle(token);
            result.complete(token);
        } catch (IOException | RuntimeException e) {
            settleFailure(e);
            result.completeExceptionally(new IOException("no credential"));
        }
    }

    private synchronized void settle(AccessToken token) {
        current = Optional.of(token);
        running = null;
        failures = 0;
        Duration life = Duration.between(clock.instant(), token.expiresAt());
        Duration fifth = life.dividedBy(5);
        Duration wait = life.minus(fifth.compareTo(AHEAD) < 0 ? fifth : AHEAD);
        schedule(wait.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wait);
    }

    private synchronized void settleFailure(Exception e) {
        running = null;
        failures++;
        noMintBefore = clock.instant().plus(REFUSE_AFTER_FAILURE);
        Duration wait = Duration.ofSeconds(1L << Math.min(failures - 1, 5));
        schedule(wait.compareTo(MAX_RETRY) > 0 ? MAX_RETRY : wait);
        // the class only: messages of the library can quote answers of the token service
        LOG.warn(
                "Google access token could not be minted, attempt {}: {}",
                failures,
                e.getClass().getSimpleName());
    }

    private void schedule(Duration wait) {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = timer.schedule(this::renew, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
