package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.probe.PodProver;
import dev.secureprediction.operator.probe.Probe;
import dev.secureprediction.operator.probe.Verdict;
import dev.secureprediction.operator.status.ProbeResult;
import java.util.List;
import java.util.Optional;

/** What the verdicts on one pod come to: the worst counts. */
final class Proofs {

    private Proofs() {}

    /** Whether the pod answered at all. */
    static boolean isReached(List<Verdict> verdicts) {
        return verdicts.stream()
                .anyMatch(verdict -> verdict.probe() == Probe.NoToken && !(verdict instanceof Verdict.Unknown));
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
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Unknown unknown && unknown.probe() == Probe.NoToken) {
                return new ProbeResult.Missing("pod " + pod + ": " + unknown.why());
            }
        }
        return new ProbeResult.Refused(digest);
    }
}
