package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.metric.OperatorMetric;
import dev.secureprediction.operator.probe.Probe;
import dev.secureprediction.operator.probe.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Probes by outcome, and how old the oldest proof is. Labels are kinds of probes and outcomes alone. */
public final class ProofMetrics {

    private static final String PASSED = "passed";
    private static final String LET_THROUGH = "let_through";
    private static final String WRONG = "wrong";
    private static final String UNKNOWN = "unknown";
    private static final List<String> OUTCOMES = List.of(PASSED, LET_THROUGH, WRONG, UNKNOWN);

    private final MeterRegistry registry;

    /** Counts in this registry; the age is of this ledger's proofs. */
    public ProofMetrics(MeterRegistry registry, ProofLedger ledger, Clock clock) {
        this.registry = registry;
        Gauge.builder(
                        OperatorMetric.PROOF_AGE.meter(),
                        ledger,
                        known -> known.oldest()
                                .map(at -> (double)
                                        Duration.between(at, clock.instant()).toSeconds())
                                .orElse(0.0))
                .description(OperatorMetric.PROOF_AGE.description())
                .strongReference(true)
                .register(registry);
        for (Probe probe : Probe.values()) {
            OUTCOMES.forEach(outcome -> counter(probe, outcome)); // one that begins at one was never seen to rise
        }
    }

    void count(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            counter(verdict.probe(), outcome(verdict)).increment();
        }
    }

    private Counter counter(Probe probe, String outcome) {
        return Counter.builder(OperatorMetric.PROBES.meter())
                .description(OperatorMetric.PROBES.description())
                .tags(OperatorMetric.PROBES.tags(probe.name(), outcome))
                .register(registry);
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed ignored -> PASSED;
            case Verdict.LetThrough ignored -> LET_THROUGH;
            case Verdict.Wrong ignored -> WRONG;
            case Verdict.Unknown ignored -> UNKNOWN;
        };
    }
}
