package dev.secureprediction.operator.it;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SigningKeys;
import dev.secureprediction.operator.promotion.Verification;
import java.time.Instant;
import java.util.List;

/** Records that another cluster's operator could have signed. */
final class ForeignRecords {

    private final SigningKeys keys = SigningKeys.create(Instant.now());

    /** What a verifier's entry would hold. */
    String jwks() {
        return keys.published().toString();
    }

    /** That `support`'s application `chat` soaked there for an hour. */
    String of(String issuer, String environment, String contractDigest) {
        long now = Instant.now().getEpochSecond();
        return Records.sign(
                new Verification(
                        issuer,
                        "support",
                        "chat",
                        environment,
                        contractDigest,
                        "sha256:none",
                        "registry.example.com/secure-prediction/spe-gateway:0.1.0",
                        JsonNodeFactory.instance.objectNode(),
                        "0.1.0",
                        List.of(),
                        now - 3600,
                        now,
                        now - 3600,
                        null,
                        null,
                        now,
                        now + 3600),
                keys.signer(Instant.now()));
    }
}
