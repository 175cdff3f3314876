package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.api.v1alpha1.status.ProofStatus;
import dev.secureprediction.operator.api.v1alpha1.status.VerificationOutcome;
import dev.secureprediction.operator.resolve.EndpointInputs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a contract has run with every probe passing and nobody changing its cloud resources.
 *
 * @param from since when
 * @param driftFreeSince since when nobody changed anything in Google Cloud
 * @param wanted how long it must
 */
record Soak(Instant from, Instant driftFreeSince, Duration wanted) {

    /** Empty while a probe fails or a change is not put back. */
    static Optional<Soak> of(EndpointInputs inputs, @Nullable ProofStatus proof, List<DriftEntry> drift) {
        if (proof == null || proof.outcome() != VerificationOutcome.Passed || proof.since() == null) {
            return Optional.empty();
        }
        if (drift.stream().anyMatch(entry -> entry.revertedAt() == null)) {
            return Optional.empty();
        }
        Instant since = Instant.parse(proof.since());
        Instant driftFree = drift.stream()
                .flatMap(entry -> Stream.ofNullable(entry.revertedAt()))
                .map(Instant::parse)
                .max(Instant::compareTo)
                .filter(last -> last.isAfter(since))
                .orElse(since);
        return Optional.of(new Soak(driftFree, driftFree, wanted(inputs)));
    }

    Instant due() {
        return from.plus(wanted);
    }

    boolean isDone(Instant now) {
        return !now.isBefore(due());
    }

    private static Duration wanted(EndpointInputs inputs) {
        return inputs.environment()
                .flatMap(found ->
                        Optional.ofNullable(found.environment().getSpec().verification()))
                .flatMap(settings -> Optional.ofNullable(settings.soakSeconds()))
                .map(Duration::ofSeconds)
                .orElseGet(() -> Duration.ofSeconds(Defaults.SOAK_SECONDS));
    }
}
