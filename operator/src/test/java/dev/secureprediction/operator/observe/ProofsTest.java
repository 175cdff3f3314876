package dev.secureprediction.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.probe.PodProver;
import dev.secureprediction.operator.probe.Probe;
import dev.secureprediction.operator.probe.Verdict;
import dev.secureprediction.operator.status.ProbeResult;
import dev.secureprediction.operator.status.ProbeResult.Canary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was asked and answered is claimed, and nothing else. */
final class ProofsTest {

    private static final Verdict THROUGH = new Verdict.LetThrough(Probe.UnsignedToken);
    private static final Verdict WRONG = new Verdict.Wrong(Probe.NoRole, "answered with 500");

    @Test
    void theWorstVerdictCounts() {
        assertThat(Proofs.result("p", "d", sound()))
                .isEqualTo(new ProbeResult.Refused(
                        "d",
                        List.of(
                                "call without a token",
                                "token with a forged signature",
                                "token of alg none",
                                "token of another audience",
                                "token kept past its expiry",
                                "valid identity without a role",
                                "call for another endpoint's model"),
                        Canary.Answered));
        assertThat(Proofs.result("p", "d", but(WRONG))).isInstanceOf(ProbeResult.Failed.class);
        assertThat(Proofs.result("p", "d", List.of(WRONG, THROUGH)))
                .isEqualTo(new ProbeResult.LetThrough("p", "token of alg none"));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ExpiredToken", "Canary"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatCouldNotBeAskedIsNotClaimed(Probe probe) {
        var verdicts = but(new Verdict.Unknown(probe, "closed"));

        assertThat(Proofs.result("p", "d", verdicts))
                .isEqualTo(new ProbeResult.Missing("pod p, " + probe.words() + ": closed"));
        assertThat(Proofs.isConclusive(verdicts)).isFalse();
        // though what is wrong is, whatever else could not be asked
        assertThat(Proofs.isConclusive(
                        Stream.concat(verdicts.stream(), Stream.of(WRONG)).toList()))
                .isTrue();
    }

    @Test
    void noTokenMayBeOldEnoughAndTheModelMayHaveNoCapacity() {
        var verdicts = but(new Verdict.Unknown(Probe.ExpiredToken, "no token is old enough yet"));

        assertThat(Proofs.result("p", "d", verdicts))
                .isInstanceOfSatisfying(
                        ProbeResult.Refused.class,
                        refused -> assertThat(refused.refused())
                                .doesNotContain("token kept past its expiry")
                                .hasSize(6));
        assertThat(Proofs.isConclusive(verdicts)).isTrue();
        assertThat(canary(new Verdict.Unknown(Probe.Canary, "answered with 429 ")))
                .isEqualTo(Canary.Unanswered);
    }

    @Test
    void aModelThatWasNotAskedYetIsToldFromOneThatHasNoCapacity() {
        assertThat(canary(PodProver.NO_CANARY)).isEqualTo(Canary.NotSent);
        assertThat(Proofs.includesCanary(but(PodProver.NO_CANARY))).isFalse();
        assertThat(Proofs.includesCanary(but(new Verdict.Unknown(Probe.Canary, "answered with 429 "))))
                .isTrue();
    }

    @Test
    void ofSeveralPodsIsClaimedWhatHoldsForAll() {
        var fresh = new ProbeResult.Refused("d", List.of("call without a token"), Canary.Unanswered);
        var old = new ProbeResult.Refused("d", List.of("call without a token", "token of alg none"), Canary.Answered);

        assertThat(Proofs.combined(List.of(old, fresh))).isEqualTo(fresh);
        assertThat(Proofs.combined(List.of(old, new ProbeResult.Refused("other", List.of(), Canary.Answered), old)))
                .isEqualTo(new ProbeResult.NotMade());
        assertThat(Proofs.combined(List.of())).isEqualTo(new ProbeResult.NotMade());
        var missing = new ProbeResult.Missing("closed");
        assertThat(Proofs.combined(List.of(old, missing))).isEqualTo(missing);
        assertThat(Proofs.combined(List.of(missing, new ProbeResult.LetThrough("p", "call"))))
                .isInstanceOf(ProbeResult.LetThrough.class);
    }

    private static Canary canary(Verdict verdict) {
        return ((ProbeResult.Refused) Proofs.result("p", "d", but(verdict))).canary();
    }

    private static List<Verdict> sound() {
        return Arrays.stream(Probe.values()).<Verdict>map(Verdict.Passed::new).toList();
    }

    /** With another verdict on one of them. */
    private static List<Verdict> but(Verdict other) {
        return sound().stream()
                .map(verdict -> verdict.probe() == other.probe() ? other : verdict)
                .toList();
    }
}
