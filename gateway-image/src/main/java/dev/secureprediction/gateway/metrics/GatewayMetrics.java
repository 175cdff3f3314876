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
        this.keyAges = MultiGauge.builder("spe.gateway.issuer.keys.age")
                .description("Seconds since an issuer's keys were confirmed")
                .baseUnit("seconds")
                .register(registry);
        this.keyCounts = MultiGauge.builder("spe.gateway.issuer.keys")
                .description("Keys of an issuer that may verify now")
                .register(registry);
        this.breakers = MultiGauge.builder("spe.gateway.breaker.open")
                .description("1 while a model is left alone because it failed, 0.5 while one call tries")
                .register(registry);
        FunctionCounter.builder("spe.gateway.upstream.retries", health.retries(), RetryBudget::taken)
                .description("Calls to the model that were made once more")
                .register(registry);
        Gauge.builder("spe.gateway.calls.running", this, metrics -> metrics.running.getAsInt())
                .description("Calls between admission and their end")
                .register(registry);
        FunctionCounter.builder("spe.gateway.audit.lost", this, metrics -> metrics.auditLost.getAsLong())
                .description("Calls without their audit record, or without their prompt in it")
                .register(registry);
        FunctionCounter.builder("spe.gateway.spans.lost", this, metrics -> metrics.spansLost.getAsLong())
                .description("Calls whose spans the collector did not take")
                .register(registry);
        Gauge.builder(
                        "spe.gateway.policy.refused",
                        policy,
                        state -> state.lastRefusal().isPresent() ? 1 : 0)
                .description("1 while a file of the policy directory is refused")
                .register(registry);
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
                                    Tags.of("issuer", issuer.name()),
                                    issuer.age().map(Duration::toSeconds).orElse(-1L)))
                            .collect(Collectors.toList()),
                    true);
            keyCounts.register(
                    snapshot.tokens().issuers().stream()
                            .map((TokenVerifier.IssuerState issuer) ->
                                    MultiGauge.Row.of(Tags.of("issuer", issuer.name()), issuer.keys()))
                            .collect(Collectors.toList()),
                    true);
        });
        breakers.register(
                health.breakers().states().stream()
                        .map(breaker -> MultiGauge.Row.of(
                                Tags.of("model", breaker.model(), "region", breaker.region()), openness(breaker)))
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
        return timer(
                "spe.gateway.call",
                "Calls by what became of them, from the first byte read to the last one written",
                "surface",
                key.surface(),
                "action",
                key.action(),
                "code",
                key.code());
    }

    private Timer upstreamTimer(String surface) {
        return timer(
                "spe.gateway.upstream", "Calls to the model, from connecting to the last byte", "surface", surface);
    }

    private Counter limitCounter(String counted) {
        return counter(
                "spe.gateway.limits",
                "Calls counted against their role's limits, by who counted; refused ones have a code",
                "counted",
                counted);
    }

    private Timer verdictTimer(VerdictKey key) {
        return timer(
                "spe.gateway.guardrail",
                "What guardrails said of calls, and how long they took",
                "guardrail",
                key.guardrail(),
                "stage",
                key.stage().name(),
                "verdict",
                key.outcome().name());
    }

    private Counter cacheCounter(String outcome) {
        return counter("spe.gateway.cache", "Calls whose answer was looked for in the cache", "outcome", outcome);
    }

    private void count(String surface, String kind, OptionalLong count) {
        if (count.isPresent()) {
            tokens.computeIfAbsent(new TokenKey(surface, kind), this::tokenCounter)
                    .increment((double) count.getAsLong());
        }
    }

    private Timer firstByteTimer(String surface) {
        return timer(
                "spe.gateway.first.byte", "From calling the model to the first byte of its answer", "surface", surface);
    }

    private Counter tokenCounter(TokenKey key) {
        return counter(
                "spe.gateway.tokens", "Tokens as the model counted them", "surface", key.surface(), "kind", key.kind());
    }

    private Counter decisionCounter(String decision) {
        return counter("spe.gateway.decisions", "Calls by decision", "decision", decision);
    }

    private Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
