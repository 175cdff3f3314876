package dev.secureprediction.gateway.limits;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * Holds callers to the limits of their role: in the store that all pods share where the policy has one, else in this pod
 * alone. While the store is down, the policy says whether this pod counts by itself or calls are refused.
 */
public final class Limiter {
    // some SDKs sleep as long as they are told, whatever that is
    private static final long MAX_RETRY_SECONDS = 30;

    private final LocalLimits alone;
    private final LocalLimits fallback;
    private final Optional<LimitStore> shared;

    private interface Ask {
        CompletableFuture<Taken> of(LimitStore store, int pods);
    }

    private Limiter(LocalLimits alone, LocalLimits fallback, Optional<LimitStore> shared) {
        this.alone = alone;
        this.fallback = fallback;
        this.shared = shared;
    }

    /**
     * A limiter that has counted nothing yet.
     *
     * @param shared counts for all pods; absent: there is no such store
     * @param nanoTime monotonic clock in nanoseconds
     */
    public static Limiter of(Optional<LimitStore> shared, LongSupplier nanoTime) {
        return new Limiter(LocalLimits.alone(nanoTime), LocalLimits.whileStoreIsDown(nanoTime), shared);
    }

    /** Counts a call that begins; fails with a {@link RefusedException} where there is no room. */
    public CompletableFuture<Pass> enter(PolicyBundle policy, Role role, Caller caller) {
        Optional<Limits> limits = role.limits();
        if (limits.isEmpty() || !Quota.whole(limits.get()).limitsEntry()) {
            return CompletableFuture.completedFuture(Pass.FREE);
        }
        LimitKey key = LimitKey.of(policy.endpoint(), role, limits.get().per(), caller);
        return granted(ask(policy, (store, pods) -> store.enter(key, limits.get(), pods)))
                .thenApply(Pass::of);
    }

    /**
     * Takes tokens of the role's budget; fails with a {@link RefusedException} where they are used up.
     *
     * @param tokens what the call may use at most, as far as can be told
     */
    public CompletableFuture<Reservation> reserve(PolicyBundle policy, Role role, Caller caller, long tokens) {
        Optional<Limits> limits =
                role.limits().filter(some -> some.tokensPerMinute().isPresent());
        if (limits.isEmpty()) {
            return CompletableFuture.completedFuture(Reservation.NONE);
        }
        long budget = smallestBudget(policy, limits.get());
        if (tokens > budget) {
            return CompletableFuture.failedFuture(RefusedException.of(
                    ErrorCode.TOKENS_BEYOND_BUDGET, "TOKENS_BEYOND_BUDGET:" + tokens + ">" + budget));
        }
        LimitKey key = LimitKey.of(policy.endpoint(), role, limits.get().per(), caller);
        return granted(ask(policy, (store, pods) -> store.takeTokens(key, limits.get(), pods, tokens)))
                .thenApply(granted -> new Reservation(
                        tokens,
                        granted.counted(),
                        granted.state(),
                        back -> give(policy, key, limits.get(), granted, back)));
    }

    private long smallestBudget(PolicyBundle policy, Limits limits) {
        int pods = isShared(policy) ? 1 : policy.gateway().maxReplicas();
        return Quota.share(limits, pods).tokensPerMinute().orElse(Long.MAX_VALUE);
    }

    private void give(PolicyBundle policy, LimitKey key, Limits limits, Taken.Granted granted, long tokens) {
        int pods = policy.gateway().maxReplicas();
        switch (granted.counted()) {
            case LOCAL -> alone.giveTokens(key, limits, pods, tokens, granted.counted());
            case FALLBACK -> fallback.giveTokens(key, limits, pods, tokens, granted.counted());
            case SHARED -> shared.ifPresent(store -> store.giveTokens(key, limits, 1, tokens, granted.counted()));
        }
    }

    private boolean isShared(PolicyBundle policy) {
        return shared.isPresent() && policy.gateway().onStoreFailure().isPresent();
    }

    private CompletableFuture<Taken> ask(PolicyBundle policy, Ask question) {
        int pods = policy.gateway().maxReplicas();
        if (!isShared(policy)) {
            return question.of(alone, pods);
        }
        boolean goOn = policy.gateway().onStoreFailure().equals(Optional.of(GatewayRules.OnStoreFailure.Local));
        return question.of(shared.orElseThrow(), 1)
                .exceptionallyCompose(down -> goOn
                        ? question.of(fallback, pods)
                        : CompletableFuture.failedFuture(new RefusedException(
                                Refusal.of(ErrorCode.STORE_UNAVAILABLE).withRetryAfter(Duration.ofSeconds(1)))));
    }

    private static CompletableFuture<Taken.Granted> granted(CompletableFuture<Taken> taken) {
        return taken.thenApply(answer -> switch (answer) {
            case Taken.Granted granted -> granted;
            case Taken.Exhausted exhausted -> throw new CompletionException(new RefusedException(refusal(exhausted)));
        });
    }

    private static Refusal refusal(Taken.Exhausted exhausted) {
        ErrorCode code = switch (exhausted.limit()) {
            case REQUESTS -> ErrorCode.REQUESTS_EXHAUSTED;
            case CONCURRENT -> ErrorCode.CONCURRENCY_EXHAUSTED;
            case TOKENS -> ErrorCode.TOKENS_EXHAUSTED;
        };
        long wait = Math.clamp(exhausted.state().resetSeconds(), 1, MAX_RETRY_SECONDS);
        return Refusal.of(code, code + ":" + exhausted.counted())
                .withRetryAfter(Duration.ofSeconds(wait))
                .withQuota(exhausted.state());
    }

    /** Forgets callers whose limits are untouched; to be called now and then. */
    public void sweep() {
        alone.sweep();
        fallback.sweep();
    }
}
