package dev.secureprediction.operator.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.operator.promotion.Verdict.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A year of records: keys come and go, and no record that still counts loses its key. */
final class SigningKeysTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void everyRecordCanBeJudgedUntilItEnds() {
        var keys = SigningKeys.create(START);
        Map<Instant, String> records = new HashMap<>();
        for (int day = 0; day < 400; day++) {
            Instant now = START.plus(Duration.ofDays(day));
            keys = keys.maintained(now);
            records.put(now, Records.sign(said(now), keys.signer(now)));
            var trusted = TrustedKeys.own("acme", keys.published());
            for (var record : records.entrySet()) {
                boolean isOver = !now.isBefore(record.getKey().plus(SigningKeys.RECORD_LIFETIME));
                var verdict = Records.judge(new SignedRecord("ns", "r", record.getValue()), trusted, now);
                assertThat(verdict instanceof Verdict.Trusted)
                        .as("the record of %s on %s", record.getKey(), now)
                        .isEqualTo(!isOver);
            }
            records.keySet().removeIf(made -> Duration.between(made, now).toDays() % 13 != 0);
        }
        assertThat(keys.published().getKeys()).hasSizeBetween(2, 5);
    }

    @Test
    void aSuccessorIsPublishedAMonthBeforeItSigns() {
        var keys = SigningKeys.create(START);
        var first = keys.signer(START).getKeyID();
        Instant due = START.plus(SigningKeys.SUCCESSOR_DUE);
        var two = keys.maintained(due);

        assertThat(two.published().getKeys()).hasSize(2);
        assertThat(two.signer(due.plus(SigningKeys.PUBLISHED_FIRST).minusSeconds(1))
                        .getKeyID())
                .isEqualTo(first);
        assertThat(two.signer(due.plus(SigningKeys.PUBLISHED_FIRST)).getKeyID()).isNotEqualTo(first);
    }

    @Test
    void theyAreReadBackAndToldWithoutTheirSecrets() {
        var keys = SigningKeys.create(START);

        var read = SigningKeys.read(keys.secretData()).orElseThrow();

        assertThat(read.published().toString()).isEqualTo(keys.published().toString());
        assertThat(keys.maintained(START)).isSameAs(keys);
        assertThat(keys.toString() + keys.published()).doesNotContain("\"d\"");
        assertThat(SigningKeys.read(Map.of("keys.json", "{}"))).isEmpty();
        assertThat(SigningKeys.read(Map.of("keys.json", keys.published().toString())))
                .as("without private halves")
                .isEmpty();
    }

    @Test
    void whatIsNoRecordIsMalformed() {
        var keys = SigningKeys.create(START);
        var trusted = TrustedKeys.own("acme", keys.published());

        for (String text : List.of("a.b.c", "eyJhbGciOiJub25lIn0.e30.", "", "e30.e30.e30")) {
            var verdict = Records.judge(new SignedRecord("ns", "r", text), trusted, START);
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.cause()).isEqualTo(Cause.Malformed));
        }
    }

    @Test
    void aChangedWordBreaksTheSignature() {
        var keys = SigningKeys.create(START);
        String[] parts = Records.sign(said(START), keys.signer(START)).split("\\.", -1);
        String payload = new String(
                        java.util.Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8)
                .replace("\"soakFrom\":1795348800", "\"soakFrom\":1795000000");
        parts[1] = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        var verdict = Records.judge(
                new SignedRecord("ns", "r", String.join(".", parts)), TrustedKeys.own("acme", keys.published()), START);

        assertThat(payload).contains("1795000000");
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Cause.BadSignature));
    }

    private static Verification said(Instant now) {
        return new Verification(
                "acme",
                "support",
                "support-chat",
                "staging",
                "v1:0",
                "sha256:0",
                "gateway:1",
                JsonNodeFactory.instance.objectNode(),
                "0.1.0",
                List.of(),
                START.getEpochSecond(),
                now.getEpochSecond(),
                now.getEpochSecond(),
                null,
                null,
                now.getEpochSecond(),
                now.plus(SigningKeys.RECORD_LIFETIME).getEpochSecond());
    }
}
