package dev.secureprediction.sandbox.cloud.observe;

import com.google.rpc.Code;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How the cloud is made slow, short or broken. Methods are named as in {@link Call}, in full or by simple name; `*` means
 * every one; `models/ID@VERSION` means the predictions of a model that is deployed. At first nothing is.
 */
public final class Faults {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Failure(Code code, AtomicInteger left) {}

    private final InstantSource clock;
    private final Map<String, Duration> latencies = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final Map<Quota, Integer> quotas = new EnumMap<>(Quota.class);
    private final Map<String, Deque<Instant>> used = new HashMap<>();
    private final Deque<PredictionFault> nextPredictions = new ArrayDeque<>();
    private Optional<PredictionFault> everyPrediction = Optional.empty();
    private Duration propagationDelay = Duration.ZERO;

    public Faults(InstantSource clock) {
        this.clock = clock;
    }

    /** Every call of this method takes at least this long. */
    public synchronized void latency(String method, Duration atLeast) {
        latencies.put(method, atLeast);
    }

    /** The next calls of this method fail, before anything is changed. */
    public synchronized void fail(String method, Code code, int times) {
        failures.put(method, new Failure(code, new AtomicInteger(times)));
    }

    /** From now on a project has only so many per minute. */
    public synchronized void quota(Quota quota, int perMinute) {
        quotas.put(quota, perMinute);
    }

    /** From now on a changed policy is enforced only after this long. */
    public synchronized void propagationDelay(Duration delay) {
        propagationDelay = delay;
    }

    /** The next prediction without a fault of its own gets this one. */
    public synchronized void nextPrediction(PredictionFault fault) {
        nextPredictions.add(fault);
    }

    /** Every prediction from now on. */
    public synchronized void everyPrediction(PredictionFault fault) {
        everyPrediction = Optional.of(fault);
    }

    /** Everything works again. */
    public synchronized void reset() {
        latencies.clear();
        failures.clear();
        quotas.clear();
        used.clear();
        nextPredictions.clear();
        everyPrediction = Optional.empty();
        propagationDelay = Duration.ZERO;
    }

    public synchronized Duration propagationDelay() {
        return propagationDelay;
    }

    /** How long a call of this method must take. */
    public synchronized Duration latencyOf(String method) {
        return lookup(latencies, method).orElse(Duration.ZERO);
    }

    /** The fault of the prediction that begins now. */
    public synchronized Optional<PredictionFault> takePredictionFault() {
        return nextPredictions.isEmpty() ? everyPrediction : Optional.of(nextPredictions.removeFirst());
    }

    /**
     * Fails a call that was told to.
     *
     * @throws io.grpc.StatusRuntimeException with the code that was set
     */
    public synchronized void strike(String method) {
        Optional<Failure> due =
                lookup(failures, method).filter(failure -> failure.left().getAndDecrement() > 0);
        if (due.isPresent()) {
            throw GoogleErrors.of(due.get().code(), "The service is currently unavailable.");
        }
    }

    /**
     * Counts one use against a project's quota.
     *
     * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED when the last minute has used it up
     */
    public synchronized void spend(Quota quota, String project) {
        int limit = quotas.getOrDefault(quota, Integer.MAX_VALUE);
        Instant now = clock.instant();
        Deque<Instant> times = used.computeIfAbsent(quota + " " + project, k -> new ArrayDeque<>());
        while (!times.isEmpty() && times.getFirst().isBefore(now.minus(MINUTE))) {
            times.removeFirst();
        }
        if (times.size() >= limit) {
            throw GoogleErrors.exhausted(
                    "Quota exceeded for quota metric '" + quota + "' of service for consumer '" + project + "'.",
                    limit == 0 ? MINUTE : Duration.between(now, times.getFirst().plus(MINUTE)));
        }
        times.add(now);
    }

    private static <T> Optional<T> lookup(Map<String, T> byMethod, String method) {
        String simple = method.substring(method.lastIndexOf('/') + 1);
        return Optional.ofNullable(byMethod.get(method))
                .or(() -> Optional.ofNullable(byMethod.get(simple)))
                .or(() -> Optional.ofNullable(byMethod.get("*")));
    }
}
