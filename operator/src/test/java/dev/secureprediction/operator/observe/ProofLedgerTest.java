package dev.secureprediction.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.probe.Probe;
import dev.secureprediction.operator.probe.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proof is renewed when due, sooner for another policy or pod, and counts a while when it cannot be renewed. */
final class ProofLedgerTest {

    private static final EndpointKey CHAT = new EndpointKey("team", "chat");
    private static final List<Verdict> PASSED = List.of(new Verdict.Passed(Probe.NoToken));
    private static final List<Verdict> REFUSED =
            List.of(PASSED.getFirst(), new Verdict.Wrong(Probe.Canary, "answered the canary with 403"));
    private static final int INTERVAL = 300;

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"0, 240", "0.5, 300", "1, 360"})
    void aProofIsDueAfterItsIntervalMoreOrLessAFifth(double dice, long seconds) {
        ProofLedger ledger = new ProofLedger(clock, () -> dice);

        ledger.note(CHAT, "pod-1", "sha256:a", PASSED, INTERVAL);

        assertThat(ledger.next(CHAT, List.of("pod-1"))).contains(now.plusSeconds(seconds));
        now = now.plusSeconds(seconds - 1);
        assertThat(ledger.fresh(CHAT, "pod-1", "sha256:a")).contains(PASSED);
        now = now.plusSeconds(1);
        assertThat(ledger.fresh(CHAT, "pod-1", "sha256:a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "7, 2", "20, 5", "200, 50", "1204, 300", "4000, 300"})
    void whatIsWrongIsAskedAgainSoonAndLessOftenAsItLasts(long lasted, long seconds) {
        ProofLedger ledger = new ProofLedger(clock, () -> 0.5);
        // given a pod that was sound, until its model refused
        ledger.note(CHAT, "pod-1", "sha256:a", PASSED, INTERVAL);
        now = now.plusSeconds(INTERVAL);
        ledger.note(CHAT, "pod-1", "sha256:a", REFUSED, INTERVAL);

        // when it refuses again
        now = now.plusSeconds(lasted);
        ledger.note(CHAT, "pod-1", "sha256:a", REFUSED, INTERVAL);

        // then
        assertThat(ledger.next(CHAT, List.of("pod-1"))).contains(now.plusSeconds(seconds));

        // and when it was well meanwhile, it begins anew
        ledger.note(CHAT, "pod-1", "sha256:a", PASSED, INTERVAL);
        ledger.note(CHAT, "pod-1", "sha256:a", REFUSED, INTERVAL);
        assertThat(ledger.next(CHAT, List.of("pod-1"))).contains(now.plusSeconds(2));
    }

    @Test
    void anotherPolicyAnotherPodAndAnotherEndpointAreProvenAnew() {
        ProofLedger ledger = new ProofLedger(clock, () -> 0.5);
        ledger.note(CHAT, "pod-1", "sha256:a", PASSED, INTERVAL);

        assertThat(ledger.fresh(CHAT, "pod-1", "sha256:b")).isEmpty();
        assertThat(ledger.fresh(CHAT, "pod-2", "sha256:a")).isEmpty();
        assertThat(ledger.fresh(new EndpointKey("team", "other"), "pod-1", "sha256:a"))
                .isEmpty();
    }

    @Test
    void whatCannotBeRenewedCountsForThreeIntervals() {
        ProofLedger ledger = new ProofLedger(clock, () -> 0.5);
        ledger.note(CHAT, "pod-1", "sha256:a", PASSED, INTERVAL);
        now = now.plusSeconds(3 * INTERVAL - 1);
        assertThat(ledger.aging(CHAT, "pod-1", "sha256:a", INTERVAL)).contains(PASSED);
        now = now.plusSeconds(1);
        assertThat(ledger.aging(CHAT, "pod-1", "sha256:a", INTERVAL)).isEmpty();
    }

    @Test
    void aProofOfTheFutureIsNone() {
        ProofLedger ledger = new ProofLedger(clock, () -> 0.5);
        ledger.note(CHAT, "pod-1", "sha256:a", PASSED, INTERVAL);

        // when the machine's clock, which was wrong, is set back
        now = now.minusSeconds(3_600);

        // then nothing waits for an hour to be proven again
        assertThat(ledger.fresh(CHAT, "pod-1", "sha256:a")).isEmpty();
        assertThat(ledger.aging(CHAT, "pod-1", "sha256:a", INTERVAL)).isEmpty();
    }

    @Test
    void podsThatAreGoneAreForgotten() {
        ProofLedger ledger = new ProofLedger(clock, () -> 0.5);
        ledger.note(CHAT, "pod-1", "sha256:a", PASSED, INTERVAL);

        assertThat(ledger.next(CHAT, List.of("pod-2"))).isEmpty();
        assertThat(ledger.oldest()).isEqualTo(Optional.empty());
    }
}
