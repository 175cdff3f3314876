package dev.secureprediction.operator.promotion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;

/** Records for tests that care about one thing of them. */
final class VerificationSamples {

    private VerificationSamples() {}

    static Verification at(Instant made, String digest) {
        long seconds = made.getEpochSecond();
        return new Verification(
                "acme",
                "support",
                "support-chat",
                "staging",
                digest,
                "sha256:0",
                "gateway:1",
                JsonNodeFactory.instance.objectNode(),
                "0.1.0",
                List.of(),
                seconds - 1800,
                seconds,
                seconds - 1800,
                null,
                null,
                seconds,
                made.plus(SigningKeys.RECORD_LIFETIME).getEpochSecond());
    }
}
