package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.AdmissionStatus;
import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.PlanStatus;
import dev.secureprediction.operator.api.v1alpha1.status.ProofStatus;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.MandatePlanner;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One projection under way. */
final class EndpointProjection {

    /** In the order in which one waits for the other: access is granted once the endpoint is there. */
    private static final List<ConditionType> PARTS = List.of(
            ConditionType.Accepted,
            ConditionType.EndpointReady,
            ConditionType.IdentityReady,
            ConditionType.GatewayReady,
            ConditionType.PolicyEnforced);

    /** Nothing is known that contradicts what was known before. */
    private static final Set<Reason> NO_NEWS = EnumSet.of(Reason.CloudNotReadYet, Reason.CloudUnavailable);

    private static final int MAX_CHANGES = 64;
    private static final int MAX_PROBLEMS = 5;
    private static final int DIGEST_PREFIX = "v1:".length();
    private static final int SHORT_DIGEST = 8;

    private final EndpointPlan plan;
    private final SecurePredictionEndpoint endpoint;
    private final Observed observed;
    private final EndpointStatus before;
    private final ConditionSet conditions;

    EndpointProjection(EndpointPlan plan, Observed observed, EndpointStatus before, Clock clock) {
        this.plan = plan;
        this.endpoint = plan.inputs().endpoint();
        this.observed = observed;
        this.before = before;
        this.conditions = new ConditionSet(before.conditions(), generation(endpoint), clock);
    }

    EndpointStatus status() {
        List<DriftEntry> drift =
                DriftLog.merge(before.drift(), observed.cloud(), observed.clusterDrift(), conditions.now());
        drifted(drift);
        paused();
        Consistency consistency = Consistency.of(plan.inputs());
        consistency.addTo(conditions);
        switch (plan) {
            case EndpointPlan.Wanted wanted -> wanted(wanted.state());
            case EndpointPlan.Held held -> held(held);
            case EndpointPlan.Refused refused -> refused(refused.problems());
        }
        if (observed.deleting()) {
            deleting();
        }
        String contractDigest =
                ContractDigest.ifAny(endpoint.getSpec().contract()).orElse(null);
        Details details = details();
        verified(details.proof(), drift);
        return new EndpointStatus(
                generation(endpoint),
                conditions.list(),
                details.url(),
                contractDigest == null ? null : contractDigest.substring(DIGEST_PREFIX, DIGEST_PREFIX + SHORT_DIGEST),
                contractDigest,
                details.admittedContractDigest(),
                details.policyDigest(),
                plan.inputs().environment().map(EnvironmentInputs::revision).orElse(null),
                details.identity(),
                details.endpoint(),
                details.gateway(),
                drift,
                consistency.status(),
                admission(details),
                details.proof(),
                observed.held()
                        .map(held -> new PlanStatus(
                                held.hash(),
                                held.changes().stream().limit(MAX_CHANGES).toList()))
                        .orElse(
                                plan instanceof EndpointPlan.Refused
                                                || !observed.cloud().read()
                                        ? before.plan()
                                        : null),
                details.effective());
    }

    private void wanted(DesiredState state) {
        conditions.set(ConditionType.Accepted, Truth.True, Reason.Valid, "references, grants and expressions allow it");
        enforced(state);
        Summary.add(conditions, PARTS);
    }

    /** What serves is looked after as ever; a person is called for that, never for the wait itself. */
    private void held(EndpointPlan.Held held) {
        conditions.set(ConditionType.Accepted, Truth.True, Reason.Valid, "references, grants and expressions allow it");
        if (held.serving().isPresent()) {
            enforced(held.serving().get().state());
            Summary.add(conditions, PARTS);
        } else {
            conditions.set(ConditionType.Available, Truth.False, Reason.NotServing, "nothing was ever admitted here");
        }
        if (conditions.now(ConditionType.Stalled).isEmpty()) {
            String message = held.gate().message();
            conditions.set(ConditionType.Ready, Truth.False, Reason.AwaitingPromotion, message);
            conditions.set(ConditionType.Reconciling, Truth.True, Reason.AwaitingPromotion, message);
        }
    }

    private void enforced(DesiredState state) {
        cloud(
                ConditionType.IdentityReady,
                IdentityCondition.of(
                        observed, conditions.heldBefore(ConditionType.IdentityReady), conditions.instant()));
        cloud(ConditionType.EndpointReady, observed.cloud().endpoint());
        GatewayConditions gateway = new GatewayConditions(conditions, state, observed.gateway());
        gateway.addGatewayReady();
        boolean provenBefore = conditions.heldBefore(ConditionType.PolicyEnforced)
                && state.policyDigest().equals(before.policyDigest());
        gateway.addPolicyEnforced(observed.probe(), provenBefore);
        available();
    }

    private void paused() {
        switch (mode()) {
            case Enforce -> conditions.set(ConditionType.Paused, Truth.False, Reason.NotPaused, "changes are made");
            case Observe ->
                conditions.set(
                        ConditionType.Paused,
                        Truth.True,
                        Reason.Observing,
                        "managementPolicy is Observe: differences are reported in status.drift and status.plan, and only"
                                + " revoked callers are written");
            case Paused ->
                conditions.set(
                        ConditionType.Paused,
                        Truth.True,
                        Reason.Pausing,
                        "managementPolicy is Paused: nothing is written but revoked callers");
        }
    }

    /** Also of what is refused or held: nothing of it is written either. */
    private Mandate.Mode mode() {
        return MandatePlanner.plan(endpoint, plan.inputs().environment().map(EnvironmentInputs::environment))
                .mode();
    }

    private void cloud(ConditionType type, Progress progress) {
        boolean noNews = NO_NEWS.contains(progress.reason());
        if (noNews && conditions.heldBefore(type)) {
            conditions.keep(type);
            return;
        }
        Truth truth = progress instanceof Progress.Done ? Truth.True : noNews ? Truth.Unknown : Truth.False;
        conditions.set(type, truth, progress.reason(), progress.message());
    }

    /** What was in force stays in force, and stays said of the generation that it was said of. */
    private void refused(List<Problem> problems) {
        String message =
                problems.stream().limit(MAX_PROBLEMS).map(Problem::toString).collect(Collectors.joining("; "))
                        + (problems.size() > MAX_PROBLEMS ? "; and " + (problems.size() - MAX_PROBLEMS) + " more" : "");
        conditions.set(ConditionType.Accepted, Truth.False, problems.getFirst().reason(), message);
        conditions.keep(ConditionType.IdentityReady);
        conditions.keep(ConditionType.EndpointReady);
        conditions.keep(ConditionType.GatewayReady);
        conditions.keep(ConditionType.PolicyEnforced);
        boolean unseen =
                observed.gateway().pods().isEmpty() && !observed.gateway().applied();
        if (!unseen || !conditions.keep(ConditionType.Available)) {
            available();
        }
        Summary.add(conditions, List.of(ConditionType.Accepted));
    }

    private void available() {
        boolean serving = observed.gateway().pods().stream()
                .anyMatch(pod -> pod.ready() && pod.policyDigest().isPresent());
        if (serving) {
            conditions.set(ConditionType.Available, Truth.True, Reason.Serving, "an accepted contract answers calls");
        } else {
            conditions.set(ConditionType.Available, Truth.False, Reason.NotServing, "no ready pod answers calls");
        }
    }

    /** Whether what is asked for has soaked here; what waits at the gate does not even run. */
    private void verified(@Nullable ProofStatus proof, List<DriftEntry> drift) {
        if (plan instanceof EndpointPlan.Held) {
            conditions.set(
                    ConditionType.Verified,
                    Truth.False,
                    Reason.AwaitingPromotion,
                    "the contract does not run here yet");
            return;
        }
        if (plan instanceof EndpointPlan.Refused) {
            conditions.keep(ConditionType.Verified);
            return;
        }
        Optional<Soak> soak = Soak.of(plan.inputs(), proof, drift);
        if (soak.isEmpty()) {
            conditions.set(
                    ConditionType.Verified,
                    Truth.False,
                    Reason.NotProven,
                    "not every probe holds, or the model does not serve yet");
        } else if (soak.get().isDone(plan.inputs().promotion().now())) {
            conditions.set(
                    ConditionType.Verified,
                    Truth.True,
                    Reason.Soaked,
                    "every probe has held for " + soak.get().wanted().toSeconds() + " s");
        } else {
            conditions.set(
                    ConditionType.Verified,
                    Truth.False,
                    Reason.Soaking,
                    "every probe holds; soaked at " + soak.get().due());
        }
    }

    private void drifted(List<DriftEntry> drift) {
        if (DriftLog.open(drift)) {
            conditions.set(
                    ConditionType.Drifted,
                    Truth.True,
                    Reason.OutOfBandChange,
                    "somebody changed what was as wanted; see status.drift");
        } else if (observed.cloud().read()) {
            conditions.set(ConditionType.Drifted, Truth.False, Reason.NoDrift, "all is as wanted");
        } else if (!conditions.keep(ConditionType.Drifted)) {
            conditions.set(
                    ConditionType.Drifted, Truth.Unknown, Reason.NotObserved, "Google Cloud has not been read yet");
        }
    }

    private void deleting() {
        conditions.drop(ConditionType.Stalled);
        conditions.drop(ConditionType.Reconciling);
        if (mode() != Mandate.Mode.Enforce) {
            String waits = "nothing is taken away while managementPolicy, here or in the environment, is " + mode()
                    + "; set it to Enforce";
            conditions.set(ConditionType.Ready, Truth.False, Reason.Deleting, waits);
            conditions.set(ConditionType.Reconciling, Truth.True, Reason.Deleting, waits);
            return;
        }
        conditions.set(
                ConditionType.Ready,
                Truth.False,
                Reason.Deleting,
                "the gateway goes first, then access in Google Cloud, then the rest there");
        Progress problem = observed.cloud().endpoint() instanceof Progress.Failed failed
                ? failed
                : observed.cloud().identity();
        String bound = "; after half an hour of this the endpoint goes, and an event names what it left";
        if (problem instanceof Progress.Failed && problem.reason().needsPerson()) {
            conditions.set(ConditionType.Stalled, Truth.True, problem.reason(), problem.message() + bound);
        } else {
            conditions.set(
                    ConditionType.Reconciling,
                    Truth.True,
                    Reason.Deleting,
                    problem instanceof Progress.Failed ? problem.message() + bound : "it is being taken away");
        }
    }

    /** Said once for a contract; a record that came later is worth telling, that it was here before is not. */
    private @Nullable AdmissionStatus admission(Details details) {
        AdmissionStatus known = before.admission();
        if (!(plan instanceof EndpointPlan.Wanted wanted)
                || !wanted.state().contractDigest().equals(details.admittedContractDigest())) {
            return known;
        }
        boolean isKnown = known != null
                && known.by().equals(wanted.admission().by().name())
                && Objects.equals(before.admittedContractDigest(), details.admittedContractDigest());
        return isKnown
                ? known
                : new AdmissionStatus(
                        wanted.admission().by().name(), wanted.admission().basis());
    }

    private Details details() {
        return switch (plan) {
            case EndpointPlan.Refused ignored -> Details.kept(before, observed.cloud());
            case EndpointPlan.Held held ->
                held.serving()
                        .map(serving -> Details.of(serving.state(), observed, before, conditions))
                        .orElseGet(() -> Details.kept(before, observed.cloud()));
            case EndpointPlan.Wanted wanted -> Details.of(wanted.state(), observed, before, conditions);
        };
    }

    private static long generation(SecurePredictionEndpoint endpoint) {
        Long generation = endpoint.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }
}
