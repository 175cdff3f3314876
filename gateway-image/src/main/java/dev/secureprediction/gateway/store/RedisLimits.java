package dev.secureprediction.gateway.store;

import dev.secureprediction.gateway.error.QuotaState;
import dev.secureprediction.gateway.limits.LimitKey;
import dev.secureprediction.gateway.limits.LimitStore;
import dev.secureprediction.gateway.limits.Quota;
import dev.secureprediction.gateway.limits.StoreDownException;
import dev.secureprediction.gateway.limits.Taken;
import dev.secureprediction.gateway.limits.Taken.Counted;
import dev.secureprediction.gateway.limits.Taken.Limit;
import dev.secureprediction.policy.model.Limits;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Counts for all pods together. Each question is one script, so that nothing happens in between. */
public final class RedisLimits implements LimitStore {
    // longer than any call may take: the largest total deadline, and reading the body
    private static final Duration PLACE = Duration.ofMinutes(65);

    private final RedisServer server;
    private final Script enter = Script.of("enter.lua");
    private final Script tokens = Script.of("tokens.lua");

    public RedisLimits(RedisServer server) {
        this.server = server;
    }

    @Override
    public CompletableFuture<Taken> enter(LimitKey key, Limits limits, int pods) {
        Quota quota = Quota.share(limits, pods);
        long requests = quota.requestsPerMinute().orElse(0);
        long concurrent = quota.concurrent().orElse(0);
        String place = StoreKeys.of(key, "c");
        String call = UUID.randomUUID().toString();
        Future<Taken> taken = enter.run(
                        server,
                        List.of(StoreKeys.of(key, "r"), place),
                        List.of(
                                Long.toString(requests),
                                Long.toString(concurrent),
                                call,
                                Long.toString(PLACE.toMillis())))
                .map(answer -> switch (used(answer)) {
                    case 1 ->
                        new Taken.Exhausted(Counted.SHARED, Limit.CONCURRENT, Limit.CONCURRENT.state(concurrent, 0, 1));
                    case 2 ->
                        new Taken.Exhausted(Counted.SHARED, Limit.REQUESTS, state(Limit.REQUESTS, requests, answer));
                    default ->
                        new Taken.Granted(
                                Counted.SHARED,
                                requests > 0 ? Optional.of(state(Limit.REQUESTS, requests, answer)) : Optional.empty(),
                                concurrent > 0 ? () -> leave(place, call) : () -> {});
                });
        return future(taken);
    }

    private void leave(String place, String call) {
        // a place that cannot be given back now is free when its time is over
        server.ask(Request.cmd(Command.ZREM).arg(place).arg(call));
    }

    @Override
    public CompletableFuture<Taken> takeTokens(LimitKey key, Limits limits, int pods, long amount) {
        long perMinute = Quota.share(limits, pods).tokensPerMinute().orElse(Long.MAX_VALUE);
        return future(tokens.run(server, List.of(StoreKeys.of(key, "t")), arguments(perMinute, amount, false))
                .map(answer -> used(answer) == 0
                        ? new Taken.Granted(
                                Counted.SHARED, Optional.of(state(Limit.TOKENS, perMinute, answer)), () -> {})
                        : new Taken.Exhausted(Counted.SHARED, Limit.TOKENS, state(Limit.TOKENS, perMinute, answer))));
    }

    @Override
    public void giveTokens(LimitKey key, Limits limits, int pods, long amount, Counted where) {
        long perMinute = Quota.share(limits, pods).tokensPerMinute().orElse(Long.MAX_VALUE);
        // what cannot be corrected now stays charged as reserved
        tokens.run(server, List.of(StoreKeys.of(key, "t")), arguments(perMinute, -amount, true));
    }

    private static List<String> arguments(long perMinute, long amount, boolean intoDebt) {
        return List.of(Long.toString(perMinute), Long.toString(amount), intoDebt ? "1" : "0");
    }

    /** What is used up: 0 nothing, 1 places, 2 units. */
    private static int used(Response answer) {
        return Integer.parseInt(answer.get(0).toString());
    }

    private static QuotaState state(Limit limit, long quota, Response answer) {
        return limit.state(
                quota,
                Double.parseDouble(answer.get(1).toString()),
                Duration.ofMillis(Long.parseLong(answer.get(2).toString())).toNanos());
    }

    private static CompletableFuture<Taken> future(Future<Taken> asked) {
        CompletableFuture<Taken> told = new CompletableFuture<>();
        asked.onComplete(done -> {
            if (done.succeeded()) {
                told.complete(done.result());
            } else {
                told.completeExceptionally(new StoreDownException("not counted"));
            }
        });
        return told;
    }
}
