package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import dev.secureprediction.operator.status.GatewayReport.PodReport;
import dev.secureprediction.operator.status.GatewayReport.Refusal;
import java.util.List;
import java.util.Optional;

/** GatewayReady and PolicyEnforced. */
final class GatewayConditions {

    private final ConditionSet conditions;
    private final DesiredState state;
    private final GatewayReport report;

    GatewayConditions(ConditionSet conditions, DesiredState state, GatewayReport report) {
        this.conditions = conditions;
        this.state = state;
        this.report = report;
    }

    void addGatewayReady() {
        int wanted = state.gateway().minReplicas();
        Optional<Problem> problem = report.problem();
        if (problem.isPresent()) {
            ready(Truth.False, problem.get().reason(), problem.get().message());
        } else if (!report.applied()) {
            ready(Truth.False, Reason.GatewayStarting, "its objects are being applied");
        } else if (report.readyReplicas() < wanted) {
            ready(
                    Truth.False,
                    Reason.GatewayStarting,
                    "ready pods: " + report.readyReplicas() + " of " + wanted + trouble());
        } else if (!report.rolledOut()) {
            ready(Truth.False, Reason.GatewayStarting, "the wanted pods are being rolled out" + trouble());
        } else {
            // no count: an autoscaler at work must not write status
            ready(Truth.True, Reason.GatewayRunning, "ready pods: " + wanted + " or more");
        }
    }

    private String trouble() {
        return report.trouble().map(words -> "; " + words).orElse("");
    }

    /**
     * Every ready pod counts, also those of an older rollout: they answer calls.
     *
     * @param provenBefore whether this very policy was proven for this generation already, by the status before
     */
    void addPolicyEnforced(ProbeResult probe, boolean provenBefore) {
        List<PodReport> ready = report.pods().stream().filter(PodReport::ready).toList();
        if (ready.isEmpty()) {
            enforced(Truth.False, Reason.NoReadyPods, "no pod is ready to be asked");
            return;
        }
        if (probe instanceof ProbeResult.LetThrough through) {
            letThrough(through);
            return;
        }
        Optional<PodReport> refusing =
                ready.stream().filter(this::refusesWanted).findFirst();
        if (refusing.isPresent()) {
            enforced(Truth.False, Reason.PolicyRefused, refusalText(refusing.get()));
            return;
        }
        Optional<PodReport> behind = ready.stream()
                .filter(pod -> !pod.policyDigest().equals(Optional.of(state.policyDigest())))
                .findFirst();
        if (behind.isPresent()) {
            enforced(Truth.False, Reason.PolicyLoading, behindText(behind.get()));
            return;
        }
        probed(probe, provenBefore);
    }

    private void probed(ProbeResult probe, boolean provenBefore) {
        switch (probe) {
            case ProbeResult.Refused refused -> {
                if (refused.policyDigest().equals(state.policyDigest())) {
                    refused(refused.canary());
                } else {
                    notProbedYet();
                }
            }
            case ProbeResult.NotMade ignored -> {
                if (provenBefore) {
                    conditions.keep(ConditionType.PolicyEnforced);
                } else {
                    notProbedYet();
                }
            }
            case ProbeResult.LetThrough through -> letThrough(through);
            case ProbeResult.Missing missing -> enforced(Truth.Unknown, Reason.ProofMissing, missing.message());
            case ProbeResult.Failed failed -> enforced(Truth.False, Reason.ProbeFailed, failed.message());
        }
    }

    private void notProbedYet() {
        enforced(
                Truth.False,
                Reason.NotProbedYet,
                "the calls that must be refused have not been made for this policy yet");
    }

    private void letThrough(ProbeResult.LetThrough through) {
        enforced(
                Truth.False,
                Reason.LetThrough,
                "pod " + through.pod() + " answered a " + through.call() + ", which it must refuse");
    }

    private void refused(ProbeResult.Canary canary) {
        boolean isWanted = state.proof().canary().isPresent();
        if (isWanted && canary == ProbeResult.Canary.NotSent) {
            enforced(
                    Truth.False,
                    Reason.NotProbedYet,
                    "every ready pod refused what it must refuse; the canary is sent once the model serves");
            return;
        }
        enforced(
                Truth.True,
                Reason.Enforced,
                "every ready pod has the wanted policy and refused what it must refuse; "
                        + (isWanted ? words(canary) : "NoCanary: the contract has none"));
    }

    private static String words(ProbeResult.Canary canary) {
        return canary == ProbeResult.Canary.Answered
                ? "the canary was answered"
                : "the model had no answer to the canary, which says nothing of the gateway";
    }

    private String behindText(PodReport pod) {
        return pod.altered()
                ? "pod " + pod.pod() + " had the wanted policy and now enforces "
                        + pod.policyDigest().orElse("none")
                        + ": somebody changed its files, or its node did; they are put back"
                : "pod " + pod.pod() + " has not loaded policy " + state.policyDigest() + " yet";
    }

    private boolean refusesWanted(PodReport pod) {
        return pod.refusal()
                .filter(refusal -> refusal.policyDigest().equals(state.policyDigest()))
                .isPresent();
    }

    private static String refusalText(PodReport pod) {
        return "pod " + pod.pod() + " refused the policy: "
                + pod.refusal().map(Refusal::reason).orElse("");
    }

    private void ready(Truth truth, Reason reason, String message) {
        conditions.set(ConditionType.GatewayReady, truth, reason, message);
    }

    private void enforced(Truth truth, Reason reason, String message) {
        conditions.set(ConditionType.PolicyEnforced, truth, reason, message);
    }
}
