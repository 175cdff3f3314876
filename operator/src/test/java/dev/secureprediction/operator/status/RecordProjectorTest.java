package dev.secureprediction.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.status.RecordStatus;
import dev.secureprediction.operator.api.v1alpha1.verification.PredictionVerificationSpec;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SignedRecord;
import dev.secureprediction.operator.promotion.SigningKeys;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.promotion.Verification;
import dev.secureprediction.operator.resolve.ResourceJson;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read of a record, written once. */
final class RecordProjectorTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final SigningKeys KEYS = SigningKeys.create(NOW);

    @Test
    void aRecordIsDecodedAndNotWrittenAgain() {
        var record = record();
        var trusted = List.of(TrustedKeys.none(), TrustedKeys.own("acme", KEYS.published()));

        var first = RecordProjector.project(record, signed(record), trusted, NOW);
        assertThat(first.changed()).isTrue();
        assertThat(first.status().reason()).isEqualTo("Trusted");
        record.setStatus(Serialization.unmarshal(Serialization.asJson(first.status()), RecordStatus.class));

        assertThat(RecordProjector.project(record, signed(record), trusted, NOW).changed())
                .isFalse();
    }

    @Test
    void nobodysRecordIsSaidToBe() {
        var record = record();

        var projection = RecordProjector.project(record, signed(record), List.of(TrustedKeys.none()), NOW);

        assertThat(projection.status().valid()).isFalse();
        assertThat(projection.status().reason()).isEqualTo("UnknownIssuer");
    }

    @Test
    void publishedKeysAreReadBackAsTheyWereWritten() {
        var written = ResourceJson.asRead(KEYS.published().toJSONObject());

        assertThat(Serialization.unmarshal(Serialization.asJson(written), JsonNode.class))
                .isEqualTo(written);
    }

    private static PredictionVerification record() {
        long now = NOW.getEpochSecond();
        var said = new Verification(
                "acme",
                "support",
                "chat",
                "staging",
                "v1:0",
                "sha256:0",
                "gateway:1",
                JsonNodeFactory.instance.objectNode(),
                "0.1.0",
                List.of(),
                now - 60,
                now,
                now - 60,
                null,
                new Verification.Traffic(7, 1),
                now,
                now + 60);
        var record = new PredictionVerification();
        record.getMetadata().setName("record");
        record.getMetadata().setNamespace("gateways");
        record.getMetadata().setGeneration(1L);
        record.setSpec(new PredictionVerificationSpec(Records.sign(said, KEYS.signer(NOW))));
        return record;
    }

    private static SignedRecord signed(PredictionVerification record) {
        return new SignedRecord("gateways", "record", record.getSpec().record());
    }
}
