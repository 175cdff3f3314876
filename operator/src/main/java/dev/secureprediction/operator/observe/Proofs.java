package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.probe.PodProver;
import dev.secureprediction.operator.probe.Probe;
import dev.secureprediction.operator.probe.Verdict;
import dev.secureprediction.operator.status.ProbeResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the verdicts on one pod come to: the worst counts. */
final class Proofs {

    private Proofs() {}

    /** Whether they say something: all that is needed could be asked, or something is wrong. */
    static boolean isConclusive(List<Verdict> verdicts) {
        return !isSound(verdicts) || gap(verdicts).isEmpty();
    }

    private static Optional<Verdict.Unknown> gap(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.probe().isNeeded())
                .filter(Verdict.Unknown.class::isInstance)
                .map(Verdict.Unknown.class::cast)
                .findFirst();
    }

    /** Whether none of them shows that something is wrong. */
    static boolean isSound(List<Verdict> verdicts) {
        return verdicts.stream().noneMatch(verdict -> switch (verdict) {
            case Verdict.LetThrough ignored -> true;
            case Verdict.Wrong ignored -> true;
            case Verdict.Passed ignored -> false;
            case Verdict.Unknown ignored -> false;
        });
    }

    /** Whether the model was asked, if it could be asked at all. */
    static boolean includesCanary(List<Verdict> verdicts) {
        return !verdicts.contains(PodProver.NO_CANARY);
    }

    /** What the model that answered the canary says it is. */
    static Optional<String> modelVersion(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict.Passed.class::isInstance)
                .flatMap(verdict -> ((Verdict.Passed) verdict).modelVersion().stream())
                .findFirst();
    }

    static ProbeResult result(String pod, String digest, List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.LetThrough through) {
                return new ProbeResult.LetThrough(pod, through.probe().words());
            }
        }
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Wrong wrong) {
                return new ProbeResult.Failed("pod " + pod + ": " + wrong.what());
            }
        }
        Optional<Verdict.Unknown> gap = gap(verdicts);
        if (gap.isPresent()) {
            return new ProbeResult.Missing("pod " + pod + ", "
                    + gap.get().probe().words() + ": " + gap.get().why());
        }
        return new ProbeResult.Refused(digest, refused(verdicts), canary(verdicts));
    }

    private static List<String> refused(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict.Passed.class::isInstance)
                .filter(verdict -> verdict.probe().mustBeRefused())
                .map(verdict -> verdict.probe().words())
                .toList();
    }

    private static ProbeResult.Canary canary(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.probe() == Probe.Canary && !verdict.equals(PodProver.NO_CANARY))
                .map(verdict ->
                        verdict instanceof Verdict.Passed ? ProbeResult.Canary.Answered : ProbeResult.Canary.Unanswered)
                .findFirst()
                .orElse(ProbeResult.Canary.NotSent);
    }

    /** Of several pods: the worst of them; refused only when all refused under the same policy, and then what all refused. */
    static ProbeResult combined(List<ProbeResult> results) {
        Optional<ProbeResult> worst = Stream.<Class<? extends ProbeResult>>of(
                        ProbeResult.LetThrough.class, ProbeResult.Failed.class, ProbeResult.Missing.class)
                .flatMap(kind -> results.stream().filter(kind::isInstance))
                .findFirst();
        return worst.orElseGet(() -> results.stream()
                .filter(ProbeResult.Refused.class::isInstance)
                .map(ProbeResult.Refused.class::cast)
                .map(Optional::of)
                .reduce(Proofs::both)
                .<ProbeResult>flatMap(both -> both)
                .orElseGet(ProbeResult.NotMade::new));
    }

    private static Optional<ProbeResult.Refused> both(
            Optional<ProbeResult.Refused> one, Optional<ProbeResult.Refused> other) {
        return one.flatMap(first -> other.filter(second -> second.policyDigest().equals(first.policyDigest()))
                .map(second -> new ProbeResult.Refused(
                        first.policyDigest(),
                        first.refused().stream()
                                .filter(second.refused()::contains)
                                .toList(),
                        first.canary().compareTo(second.canary()) < 0 ? first.canary() : second.canary())));
    }
}
