package dev.secureprediction.gateway.metrics;

import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.guardrail.Verdicts;
import dev.secureprediction.gateway.health.Breakers;
import dev.secureprediction.gateway.health.RetryBudget;
import dev.secureprediction.gateway.health.UpstreamHealth;
import dev.secureprediction.gateway.policy.PolicyInForce;
import dev.secureprediction.gateway.tokens.TokenVerifier;
import dev.secureprediction.policy.model.GuardrailStage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What Prometheus reads. Labels come from enums and the policy's own names, so that no caller can make new series.
 */
public final class GatewayMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<CallKey, Timer> calls = new ConcurrentHashMap<>();
    private final Map<String, Timer> upstream = new ConcurrentHashMap<>();
    private final Map<String, Timer> firstBytes = new ConcurrentHashMap<>();
    private final Map<TokenKey, Counter> tokens = new ConcurrentHashMap<>();
    private final Map<String, Counter> decisions = new ConcurrentHashMap<>();
    private final Map<String, Counter> cache = new ConcurrentHashMap<>();
    private final Map<VerdictKey, Timer> verdicts = new ConcurrentHashMap<>();
    private final Map<String, Counter> limited = new ConcurrentHashMap<>();
    private final MultiGauge keyAges;
    private final MultiGauge keyCounts;
    private final PolicyInForce policy;
    private final UpstreamHealth health;
    private final MultiGauge breakers;

    // the registry itself would remember these weakly
    private final IntSupplier running;
    private final LongSupplier auditLost;
    private final LongSupplier spansLost;

    private record TokenKey(String surface, String kind) {}

    private record VerdictKey(String guardrail, GuardrailStage stage, Verdicts.Outcome outcome) {}

    private record CallKey(String surface, String action, String code) {}

    public GatewayMetrics(
            PolicyInForce policy,
            IntSupplier running,
            UpstreamHealth health,
            LongSupplier auditLost,
            LongSupplier spansLost) {
        this.policy = policy;
        this.running = running;
        this.health = health;
        this.auditLost = auditLost;
        this.spansLost = spansLost;
        this.keyAges = gauges(GatewayMetric.ISSUER_KEYS_AGE);
        this.keyCounts = gauges(GatewayMetric.ISSUER_KEYS);
        this.breakers = gauges(GatewayMetric.BREAKER_OPEN);
        counter(GatewayMetric.UPSTREAM_RETRIES, health.retries(), RetryBudget::taken);
        counter(GatewayMetric.AUDIT_LOST, this, metrics -> metrics.auditLost.getAsLong());
        counter(GatewayMetric.SPANS_LOST, this, metrics -> metrics.spansLost.getAsLong());
        gauge(GatewayMetric.CALLS_RUNNING, this, metrics -> metrics.running.getAsInt());
        gauge(GatewayMetric.POLICY_REFUSED, policy, state -> state.lastRefusal().isPresent() ? 1 : 0);
    }

    /** Counts a call that has ended. */
    public void ended(CallRecord call) {
        String surface = call.theRoute().map(route -> route.surface().name()).orElse("none");
        String action = call.theRoute().map(route -> route.action().name()).orElse("none");
        calls.computeIfAbsent(new CallKey(surface, action, call.code()), this::callTimer)
                .record(call.took());
        call.upstreamTook()
                .ifPresent(took ->
                        upstream.computeIfAbsent(surface, this::upstreamTimer).record(took));
        call.verdicts()
                .all()
                .forEach(verdict -> verdicts.computeIfAbsent(
                                new VerdictKey(verdict.guardrail(), verdict.stage(), verdict.outcome()),
                                this::verdictTimer)
                        .record(verdict.took()));
        call.cache()
                .ifPresent(hit -> cache.computeIfAbsent(hit ? "Hit" : "Miss", this::cacheCounter)
                        .increment());
        call.limits()
                .ifPresent(where -> limited.computeIfAbsent(where.name(), this::limitCounter)
                        .increment());
        call.firstByteAfter()
                .ifPresent(took -> firstBytes
                        .computeIfAbsent(surface, this::firstByteTimer)
                        .record(took));
        call.usage().ifPresent(used -> {
            count(surface, "prompt", used.prompt());
            count(surface, "candidates", used.candidates());
            count(surface, "total", used.total());
        });
        decisions
                .computeIfAbsent(call.isPermitted() ? "Permit" : "Deny", this::decisionCounter)
                .increment();
    }

    /** The exposition format, version 0.0.4. */
    public String scrape() {
        policy.current().ifPresent(snapshot -> {
            keyAges.register(
                    snapshot.tokens().issuers().stream()
                            .map(issuer -> MultiGauge.Row.of(
                                    Tags.of(GatewayMetric.ISSUER_KEYS_AGE.tags(issuer.name())),
                                    issuer.age().map(Duration::toSeconds).orElse(-1L)))
                            .collect(Collectors.toList()),
                    true);
            keyCounts.register(
                    snapshot.tokens().issuers().stream()
                            .map((TokenVerifier.IssuerState issuer) -> MultiGauge.Row.of(
                                    Tags.of(GatewayMetric.ISSUER_KEYS.tags(issuer.name())), issuer.keys()))
                            .collect(Collectors.toList()),
                    true);
        });
        breakers.register(
                health.breakers().states().stream()
                        .map(breaker -> MultiGauge.Row.of(
                                Tags.of(GatewayMetric.BREAKER_OPEN.tags(breaker.model(), breaker.region())),
                                openness(breaker)))
                        .collect(Collectors.toList()),
                true);
        return registry.scrape();
    }

    private static double openness(Breakers.State breaker) {
        return switch (breaker.state()) {
            case "OPEN" -> 1;
            case "HALF_OPEN" -> 0.5;
            default -> 0;
        };
    }

    private Timer callTimer(CallKey key) {
        return timer(GatewayMetric.CALL, key.surface(), key.action(), key.code());
    }

    private Timer upstreamTimer(String surface) {
        return timer(GatewayMetric.UPSTREAM, surface);
    }

    private Timer firstByteTimer(String surface) {
        return timer(GatewayMetric.FIRST_BYTE, surface);
    }

    private Timer verdictTimer(VerdictKey key) {
        return timer(
                GatewayMetric.GUARDRAIL,
                key.guardrail(),
                key.stage().name(),
                key.outcome().name());
    }

    private Counter limitCounter(String counted) {
        return counter(GatewayMetric.LIMITS, counted);
    }

    private Counter cacheCounter(String outcome) {
        return counter(GatewayMetric.CACHE, outcome);
    }

    private Counter tokenCounter(TokenKey key) {
        return counter(GatewayMetric.TOKENS, key.surface(), key.kind());
    }

    private Counter decisionCounter(String decision) {
        return counter(GatewayMetric.DECISIONS, decision);
    }

    private void count(String surface, String kind, OptionalLong count) {
        if (count.isPresent()) {
            tokens.computeIfAbsent(new TokenKey(surface, kind), this::tokenCounter)
                    .increment((double) count.getAsLong());
        }
    }

    private Timer timer(GatewayMetric metric, String... values) {
        return Timer.builder(metric.meter())
                .description(metric.description())
                .tags(metric.tags(values))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(GatewayMetric metric, String... values) {
        return Counter.builder(metric.meter())
                .description(metric.description())
                .tags(metric.tags(values))
                .register(registry);
    }

    private <T> void counter(GatewayMetric metric, T of, ToDoubleFunction<T> count) {
        FunctionCounter.builder(metric.meter(), of, count)
                .description(metric.description())
                .register(registry);
    }

    private <T> void gauge(GatewayMetric metric, T of, ToDoubleFunction<T> value) {
        Gauge.builder(metric.meter(), of, value)
                .description(metric.description())
                .register(registry);
    }

    private MultiGauge gauges(GatewayMetric metric) {
        MultiGauge.Builder builder = MultiGauge.builder(metric.meter()).description(metric.description());
        return (metric.kind() == GatewayMetric.Kind.GAUGE_OF_SECONDS ? builder.baseUnit("seconds") : builder)
                .register(registry);
    }
}
