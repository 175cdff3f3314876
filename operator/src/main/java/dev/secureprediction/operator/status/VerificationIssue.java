package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyState;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SigningKeys;
import dev.secureprediction.operator.promotion.Verification;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.Installation;
import dev.secureprediction.operator.resolve.ResourceJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether an endpoint has earned a record of its environment, and what that says. */
public final class VerificationIssue {

    private static final Duration RENEWED = SigningKeys.RECORD_LIFETIME.dividedBy(3);

    private VerificationIssue() {}

    /**
     * The record that is due. None for a contract that diverged: the next environment cannot be promoted from here then.
     *
     * @param probe what it is proven by
     * @param known records of this installation about the environment and application
     */
    public static Optional<Verification> due(
            EndpointPlan plan, EndpointStatus status, ProbeResult probe, List<Verification> known) {
        if (!(plan instanceof EndpointPlan.Wanted wanted)
                || !(probe instanceof ProbeResult.Refused refused)
                || !Conditions.isTrue(status.conditions(), ConditionType.Verified)
                || isDiverged(status)) {
            return Optional.empty();
        }
        EndpointInputs inputs = plan.inputs();
        Instant now = inputs.promotion().now();
        Optional<Soak> soak = Soak.of(inputs, status.verification(), status.drift());
        return subject(inputs)
                .flatMap(subject -> soak.filter(run -> run.isDone(now))
                        .filter(run -> known.stream().noneMatch(said -> says(said, subject, wanted.state(), run, now)))
                        .map(run -> record(
                                inputs, subject, wanted.state(), run, probes(refused), modelVersion(status), now)));
    }

    private static List<String> probes(ProbeResult.Refused proof) {
        return Stream.of(
                        Stream.of("every ready pod has the policy"),
                        proof.refused().stream().map(call -> call + " is refused"),
                        Stream.of("canary is answered")
                                .filter(ignored -> proof.canary() == ProbeResult.Canary.Answered))
                .flatMap(said -> said)
                .toList();
    }

    /** What its records are about; empty where the namespace does not say whose it is. */
    public static Optional<Records.Subject> subject(EndpointInputs inputs) {
        return inputs.promotion()
                .application()
                .tenant()
                .map(tenant -> new Records.Subject(
                        inputs.endpoint().getSpec().environmentRef().name(),
                        tenant,
                        inputs.promotion().application().name()));
    }

    private static @Nullable String modelVersion(EndpointStatus status) {
        return status.endpoint() == null ? null : status.endpoint().modelVersion();
    }

    private static boolean isDiverged(EndpointStatus status) {
        return status.consistency() != null && status.consistency().state() == ConsistencyState.Diverged;
    }

    private static boolean says(
            Verification said, Records.Subject subject, DesiredState state, Soak soak, Instant now) {
        return subject.isClaimedBy(said)
                && said.contractDigest().equals(state.contractDigest())
                && said.image().equals(state.gateway().image())
                && said.soak().compareTo(soak.wanted()) >= 0
                && now.plus(RENEWED).isBefore(Instant.ofEpochSecond(said.exp()));
    }

    private static Verification record(
            EndpointInputs inputs,
            Records.Subject subject,
            DesiredState state,
            Soak soak,
            List<String> probes,
            @Nullable String modelVersion,
            Instant now) {
        var environment = inputs.environment().orElseThrow().environment().getSpec();
        return new Verification(
                inputs.installation().id(),
                subject.tenant(),
                subject.application(),
                subject.environment(),
                state.contractDigest(),
                state.policyDigest(),
                state.gateway().image(),
                ResourceJson.ofPart(environment.requireOrDefault()),
                Installation.VERSION,
                probes,
                soak.from().getEpochSecond(),
                now.getEpochSecond(),
                soak.driftFreeSince().getEpochSecond(),
                modelVersion,
                null,
                now.getEpochSecond(),
                now.plus(SigningKeys.RECORD_LIFETIME).getEpochSecond());
    }
}
