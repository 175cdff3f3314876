package dev.secureprediction.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.status.RecordStatus;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SignedRecord;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.promotion.Verdict;
import dev.secureprediction.operator.resolve.ResourceJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people read of a verification record. */
public final class RecordProjector {

    private RecordProjector() {}

    /**
     * Projects.
     *
     * @param trusted whoever counts somewhere in this cluster; the most favourable verdict is told
     */
    public static Projection<RecordStatus> project(
            PredictionVerification record, SignedRecord signed, List<TrustedKeys> trusted, Instant now) {
        List<Verdict> verdicts =
                trusted.stream().map(keys -> Records.judge(signed, keys, now)).toList();
        boolean valid = verdicts.stream().anyMatch(Verdict.Trusted.class::isInstance);
        String reason = valid ? "Trusted" : closest(verdicts);
        Optional<JsonNode> decoded = Records.claimed(signed).map(ResourceJson::asRead);
        RecordStatus after =
                new RecordStatus(record.getMetadata().getGeneration(), valid, reason, decoded.orElse(null));
        return after.equals(record.getStatus())
                ? new Projection<>(after, false, List.of())
                : new Projection<>(after, true, List.of());
    }

    /** How long until it ends; empty when it has, or is no record. */
    public static Optional<Duration> end(SignedRecord signed, Instant now) {
        return Records.claimed(signed)
                .map(said -> Duration.between(now, Instant.ofEpochSecond(said.exp())))
                .filter(left -> left.isPositive());
    }

    /** Of several refusals the one that got furthest: a wrong signature says more than an unknown signer. */
    private static String closest(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> ((Verdict.Refused) verdict).cause())
                .max(Enum::compareTo)
                .map(Enum::name)
                .orElse(Verdict.Cause.UnknownIssuer.name());
    }
}
