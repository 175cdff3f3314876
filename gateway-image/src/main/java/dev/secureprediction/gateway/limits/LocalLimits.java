package dev.secureprediction.gateway.limits;

import dev.secureprediction.gateway.error.QuotaState;
import dev.secureprediction.gateway.limits.Taken.Counted;
import dev.secureprediction.gateway.limits.Taken.Limit;
import dev.secureprediction.policy.model.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Counts in this process: each pod for itself, its share of every limit. */
public final class LocalLimits implements LimitStore {
    private final Map<LimitKey, Use> uses = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final Counted counted;

    private LocalLimits(LongSupplier nanoTime, Counted counted) {
        this.nanoTime = nanoTime;
        this.counted = counted;
    }

    /**
     * Counts from now on.
     *
     * @param nanoTime monotonic clock in nanoseconds
     */
    public static LocalLimits alone(LongSupplier nanoTime) {
        return new LocalLimits(nanoTime, Counted.LOCAL);
    }

    /** The same, for the time a shared store is down. */
    public static LocalLimits whileStoreIsDown(LongSupplier nanoTime) {
        return new LocalLimits(nanoTime, Counted.FALLBACK);
    }

    @Override
    public CompletableFuture<Taken> enter(LimitKey key, Limits limits, int pods) {
        Quota quota = Quota.share(limits, pods);
        Taken[] taken = new Taken[1];
        // computed in the map, so that no use is swept away between finding and counting it
        uses.compute(key, (same, known) -> {
            Use use = known == null ? new Use() : known;
            taken[0] = use.enter(same, quota);
            return use;
        });
        return CompletableFuture.completedFuture(taken[0]);
    }

    @Override
    public CompletableFuture<Taken> takeTokens(LimitKey key, Limits limits, int pods, long tokens) {
        long perMinute = Quota.share(limits, pods).tokensPerMinute().orElse(Long.MAX_VALUE);
        Taken[] taken = new Taken[1];
        uses.compute(key, (same, known) -> {
            Use use = known == null ? new Use() : known;
            taken[0] = use.takeTokens(perMinute, tokens);
            return use;
        });
        return CompletableFuture.completedFuture(taken[0]);
    }

    @Override
    public void giveTokens(LimitKey key, Limits limits, int pods, long tokens, Counted where) {
        long perMinute = Quota.share(limits, pods).tokensPerMinute().orElse(Long.MAX_VALUE);
        uses.compute(key, (same, known) -> {
            Use use = known == null ? new Use() : known;
            use.tokens.give(perMinute, tokens, nanoTime.getAsLong());
            return use;
        });
    }

    /** Forgets whom forgetting does not help; to be called now and then. */
    public void sweep() {
        uses.forEach((key, seen) ->
                uses.computeIfPresent(key, (same, use) -> use.isIdle(nanoTime.getAsLong()) ? null : use));
    }

    /** Keys that are being counted. */
    public int size() {
        return uses.size();
    }

    private void leave(LimitKey key) {
        uses.computeIfPresent(key, (same, use) -> {
            use.running--;
            return use;
        });
    }

    /** Of one key; guarded by the map's computing. */
    private final class Use {
        private final Bucket requests = new Bucket();
        private final Bucket tokens = new Bucket();
        private long running;

        Taken enter(LimitKey key, Quota quota) {
            if (quota.concurrent().isPresent() && running >= quota.concurrent().getAsLong()) {
                return new Taken.Exhausted(
                        counted,
                        Limit.CONCURRENT,
                        Limit.CONCURRENT.state(quota.concurrent().getAsLong(), 0, 1));
            }
            Optional<QuotaState> state = Optional.empty();
            if (quota.requestsPerMinute().isPresent()) {
                long perMinute = quota.requestsPerMinute().getAsLong();
                boolean there = requests.take(perMinute, 1, nanoTime.getAsLong());
                var now = Limit.REQUESTS.state(perMinute, requests.level(), requests.nanosUntil(perMinute, 1));
                if (!there) {
                    return new Taken.Exhausted(counted, Limit.REQUESTS, now);
                }
                state = Optional.of(now);
            }
            running++;
            return new Taken.Granted(counted, state, () -> leave(key));
        }

        Taken takeTokens(long perMinute, long amount) {
            boolean there = tokens.take(perMinute, amount, nanoTime.getAsLong());
            var state = Limit.TOKENS.state(
                    perMinute, tokens.level(), tokens.nanosUntil(perMinute, Math.min(perMinute, amount)));
            return there
                    ? new Taken.Granted(counted, Optional.of(state), () -> {})
                    : new Taken.Exhausted(counted, Limit.TOKENS, state);
        }

        boolean isIdle(long nowNanos) {
            return running == 0 && requests.isFull(nowNanos) && tokens.isFull(nowNanos);
        }
    }
}
