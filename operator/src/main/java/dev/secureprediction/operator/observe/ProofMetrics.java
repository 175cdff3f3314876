package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.metric.OperatorMetric;
import dev.secureprediction.operator.probe.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Probes by outcome, and how old the oldest proof is. Labels are kinds of probes and outcomes alone. */
public final class ProofMetrics {

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
    }

    void count(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            Counter.builder(OperatorMetric.PROBES.meter())
                    .description(OperatorMetric.PROBES.description())
                    .tags(OperatorMetric.PROBES.tags(verdict.probe().name(), outcome(verdict)))
                    .register(registry)
                    .increment();
        }
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed ignored -> "passed";
            case Verdict.LetThrough ignored -> "let_through";
            case Verdict.Wrong ignored -> "wrong";
            case Verdict.Unknown ignored -> "unknown";
        };
    }
}
