package dev.secureprediction.gateway.health;

import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One breaker per model and region: opens when half of the last fifty calls failed, stays open for five seconds, then
 * lets one call try.
 */
public final class Breakers {
    /** How long an open breaker lets nothing through. */
    public static final Duration OPEN = Duration.ofSeconds(5);

    private static final int WINDOW = 50;
    private static final int FEWEST_CALLS = 20;
    private static final float FAILED_PERCENT = 50;
    private static final int KEPT = 64;

    private final Map<Key, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final CircuitBreakerConfig config;

    private record Key(String authority, String location, Model model) {}

    /**
     * A breaker for metrics.
     *
     * @param model id of the endpoint, or publisher and name
     * @param region Google Cloud location
     * @param state `CLOSED`, `OPEN` or `HALF_OPEN`
     */
    public record State(String model, String region, String state) {}

    /** Breakers that are all closed. */
    public Breakers(Clock clock) {
        config = CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(FEWEST_CALLS)
                .failureRateThreshold(FAILED_PERCENT)
                .waitDurationInOpenState(OPEN)
                .permittedNumberOfCallsInHalfOpenState(1)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .writableStackTraceEnabled(false)
                .build();
    }

    /** May a call be made? One that is granted must be told of by one of its methods. */
    public Attempt attempt(Upstream upstream) {
        Key key = new Key(upstream.authority(), upstream.location(), upstream.model());
        CircuitBreaker breaker = breakers.get(key);
        if (breaker == null) {
            if (breakers.size() >= KEPT) {
                breakers.clear(); // of policies long gone
            }
            breaker = breakers.computeIfAbsent(key, same -> CircuitBreaker.of(same.location(), config));
        }
        return new Attempt(breaker, breaker.tryAcquirePermission());
    }

    /** All breakers. */
    public List<State> states() {
        return breakers.entrySet().stream()
                .map(entry -> new State(
                        name(entry.getKey().model()),
                        entry.getKey().location(),
                        entry.getValue().getState().name()))
                .toList();
    }

    private static String name(Model model) {
        return switch (model) {
            case Model.Endpoint endpoint -> endpoint.endpointId();
            case Model.Publisher publisher -> publisher.publisher() + "/" + publisher.name();
        };
    }
}
