package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.apply.GatewayApplied;
import dev.secureprediction.operator.apply.PodTrouble;
import dev.secureprediction.operator.plan.DesiredProof.CanaryCall;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.probe.GatewayPod;
import dev.secureprediction.operator.probe.GatewayProbe;
import dev.secureprediction.operator.probe.LoadedPolicy;
import dev.secureprediction.operator.probe.ModelTrial;
import dev.secureprediction.operator.probe.PodProver;
import dev.secureprediction.operator.probe.Verdict;
import dev.secureprediction.operator.probe.VerifierTokens;
import dev.secureprediction.operator.render.GatewayPorts;
import dev.secureprediction.operator.status.GatewayReport;
import dev.secureprediction.operator.status.GatewayReport.PodReport;
import dev.secureprediction.operator.status.ProbeResult;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Asks every pod of a gateway what it enforces, and proves the ready ones by calls when that is due. */
public final class GatewayObserver {

    private final GatewayProbe probe;
    private final PodProver prover;
    private final ModelTrial trial;
    private final VerifierTokens tokens;
    private final ProofLedger ledger;
    private final ProofMetrics metrics;
    private final LoadedPolicies loaded = new LoadedPolicies();

    public GatewayObserver(GatewayProbe probe, VerifierTokens tokens, ProofLedger ledger, ProofMetrics metrics) {
        this.probe = probe;
        this.prover = new PodProver(probe);
        this.trial = new ModelTrial(probe);
        this.tokens = tokens;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /**
     * The gateway as it is now; pods are asked side by side.
     *
     * @param modelServes whether the canary can be answered: before, asking would prove nothing
     */
    public GatewayView observe(
            DesiredState state,
            GatewayApplied applied,
            Optional<Deployment> deployment,
            List<Pod> pods,
            boolean modelServes) {
        var visits = visit(state, applied, pods, modelServes);
        var reports = visits.stream().map(Visit::report).toList();
        loaded.retain(state.key(), reports.stream().map(PodReport::pod).toList());
        var problem = applied.problem().or(applied::routeProblem);
        var report = deployment
                .map(found -> new GatewayReport(
                        applied.complete(),
                        isRolledOut(found),
                        wanted(found),
                        ready(reports),
                        reports,
                        problem,
                        PodTrouble.of(found, pods),
                        applied.authorityPem()))
                .orElseGet(() ->
                        new GatewayReport(applied.complete(), false, 0, 0, reports, problem, applied.authorityPem()));
        return new GatewayView(
                report,
                Proofs.combined(visits.stream()
                        .flatMap(visit -> visit.result().stream())
                        .toList()),
                ledger.next(state.key(), reports.stream().map(PodReport::pod).toList()));
    }

    /** Lets a new model answer the canary, through a pod that has loaded what is wanted. */
    public ModelTrial.Outcome trial(
            DesiredState state, GatewayApplied applied, List<Pod> pods, String deployedModelId) {
        var tokens = state.proof().verifier().flatMap(this.tokens::of);
        var canary = state.proof().canary();
        var pod = pods.stream()
                .flatMap(found -> GatewayPod.of(found, GatewayPorts.PUBLIC_NAME, GatewayPorts.ADMIN_NAME).stream())
                .filter(GatewayPod::ready)
                .filter(found ->
                        probe.policy(found).flatMap(LoadedPolicy::digest).equals(Optional.of(state.policyDigest())))
                .findFirst();
        if (tokens.isEmpty() || canary.isEmpty() || pod.isEmpty() || !applied.complete()) {
            return ModelTrial.Outcome.Unknown;
        }
        var outcome =
                trial.run(pod.get(), state.bundle(), applied.trust(), tokens.get(), canary.get(), deployedModelId);
        if (outcome != ModelTrial.Outcome.Unknown) {
            ledger.forget(state.key()); // proofs from before say nothing of the model that serves now
        }
        return outcome;
    }

    /** An endpoint is gone; what was known of its pods must not grow old. */
    public void forget(EndpointKey key) {
        ledger.forget(key);
        loaded.forget(key);
    }

    private List<Visit> visit(DesiredState state, GatewayApplied applied, List<Pod> pods, boolean modelServes) {
        var canary = state.proof().canary().filter(ignored -> modelServes);
        var calls = pods.stream()
                .flatMap(pod -> GatewayPod.of(pod, GatewayPorts.PUBLIC_NAME, GatewayPorts.ADMIN_NAME).stream())
                .<Callable<Visit>>map(pod -> () -> visit(state, applied, pod, canary))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var visits = new ArrayList<Visit>();
            for (var future : threads.invokeAll(calls)) {
                visits.add(future.get());
            }
            return visits;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe failed in a way that it should have said", e);
        }
    }

    private Visit visit(DesiredState state, GatewayApplied applied, GatewayPod pod, Optional<CanaryCall> canary) {
        var said = probe.policy(pod);
        var digest = said.flatMap(LoadedPolicy::digest);
        var report = new PodReport(
                pod.name(),
                pod.ready(),
                pod.image(),
                digest,
                said.flatMap(LoadedPolicy::refusal)
                        .map(refusal -> new GatewayReport.Refusal(refusal.digest(), refusal.reason())),
                said.flatMap(LoadedPolicy::permissions),
                digest.filter(found -> loaded.isAltered(state.key(), pod.name(), state.policyDigest(), found))
                        .isPresent(),
                said.filter(about -> about.digest().equals(Optional.of(state.policyDigest())))
                        .flatMap(LoadedPolicy::modelVersion));
        var isProvable = pod.ready()
                && digest.isPresent()
                && applied.complete()
                && applied.problem().isEmpty();
        if (!isProvable) {
            return new Visit(report, Optional.empty());
        }
        var verdicts = proof(state, applied, pod, digest.get(), canary);
        return new Visit(
                report.with(Proofs.modelVersion(verdicts).or(report::modelVersion)),
                Optional.of(Proofs.result(pod.name(), digest.get(), verdicts)));
    }

    /** The proof that stands, or a new one when it is due. */
    private List<Verdict> proof(
            DesiredState state, GatewayApplied applied, GatewayPod pod, String digest, Optional<CanaryCall> canary) {
        var fresh = ledger.fresh(state.key(), pod.name(), digest)
                .filter(verdicts -> canary.isEmpty() || Proofs.includesCanary(verdicts));
        if (fresh.isPresent()) {
            return fresh.get();
        }
        var verdicts = prover.prove(
                pod, state.bundle(), applied.trust(), state.proof().verifier().flatMap(tokens::of), canary);
        metrics.count(verdicts);
        if (Proofs.isConclusive(verdicts)) {
            ledger.note(state.key(), pod.name(), digest, verdicts, state.proof().intervalSeconds());
            return verdicts;
        }
        return ledger.aging(state.key(), pod.name(), digest, state.proof().intervalSeconds())
                .orElse(verdicts);
    }

    private static boolean isRolledOut(Deployment deployment) {
        var status = deployment.getStatus();
        return status != null
                && Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())
                && count(status.getUpdatedReplicas()) >= wanted(deployment)
                && count(status.getReplicas()) == count(status.getUpdatedReplicas());
    }

    private static int wanted(Deployment deployment) {
        return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    }

    /** As the pods themselves say: the Deployment's own count comes later, and would be a status of its own. */
    private static int ready(List<PodReport> pods) {
        return (int) pods.stream().filter(PodReport::ready).count();
    }

    /** Kubernetes leaves a count of zero out. */
    private static int count(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private record Visit(PodReport report, Optional<ProbeResult> result) {}
}
