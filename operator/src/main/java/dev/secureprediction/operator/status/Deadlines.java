package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.environment.GateException;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.promotion.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What turns by time alone: a soak that ends, a lag that grows too long, an exception or a record that lapses. */
public final class Deadlines {

    private Deadlines() {}

    /** How long until the next of them; empty when none is ahead. */
    public static Optional<Duration> next(EndpointPlan plan, EndpointStatus status) {
        Instant now = plan.inputs().promotion().now();
        Stream<Instant> exceptions = plan.inputs().environment().stream()
                .flatMap(found -> found.environment().getSpec().exceptions().stream())
                .map(GateException::expiresAt)
                .map(Instant::parse);
        Stream<Instant> records = plan.inputs().promotion().records().stream()
                .filter(Verdict.Trusted.class::isInstance)
                .map(verdict ->
                        Instant.ofEpochSecond(((Verdict.Trusted) verdict).said().exp()));
        return Stream.of(
                        Soak.of(plan.inputs(), status.verification(), status.drift()).stream()
                                .map(Soak::due),
                        Consistency.of(plan.inputs()).due().stream(),
                        exceptions,
                        records)
                .flatMap(times -> times)
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .map(time -> Duration.between(now, time).plusMillis(50));
    }
}
