package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.CloudEndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.EffectiveValue;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.GatewayEgress;
import dev.secureprediction.operator.api.v1alpha1.status.GatewayStatus;
import dev.secureprediction.operator.api.v1alpha1.status.IamScope;
import dev.secureprediction.operator.api.v1alpha1.status.IdentityStatus;
import dev.secureprediction.operator.api.v1alpha1.status.ProofStatus;
import dev.secureprediction.operator.api.v1alpha1.status.VerificationOutcome;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.status.GatewayReport.PodReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything in a status beside its conditions. */
record Details(
        @Nullable String url,
        @Nullable String admittedContractDigest,
        @Nullable String policyDigest,
        @Nullable IdentityStatus identity,
        @Nullable CloudEndpointStatus endpoint,
        @Nullable GatewayStatus gateway,
        @Nullable ProofStatus proof,
        List<EffectiveValue> effective) {

    private static final int MAX_EFFECTIVE = 64;
    private static final int MAX_VALUE = 1024;
    private static final int MAX_EXCESS = 32;
    private static final int MAX_TEXT = 255;
    private static final int MAX_VERSION = 63;

    /** Nothing new came into force; a long operation of what is in force, or of its removal, must not be forgotten. */
    static Details kept(EndpointStatus before, CloudReport report) {
        return new Details(
                before.url(),
                before.admittedContractDigest(),
                before.policyDigest(),
                before.identity(),
                endpoint(report, before.endpoint(), answering(before.endpoint())),
                before.gateway(),
                before.verification(),
                before.effective());
    }

    static Details of(DesiredState state, Observed observed, EndpointStatus before, ConditionSet conditions) {
        boolean enforced = conditions.holds(ConditionType.PolicyEnforced);
        return new Details(
                state.url(),
                enforced ? state.contractDigest() : before.admittedContractDigest(),
                state.policyDigest(),
                identity(state.cloud(), observed, before.identity()),
                endpoint(observed.cloud(), before.endpoint(), answering(state, observed.gateway(), before)),
                gateway(state, observed.gateway(), before.gateway()),
                proof(state, enforced, observed.probe(), before, conditions),
                effective(state));
    }

    private static IdentityStatus identity(DesiredCloud cloud, Observed observed, @Nullable IdentityStatus before) {
        CloudReport report = observed.cloud();
        boolean project = cloud.grant() instanceof InvokerGrant.OnProject;
        List<String> excess = report.read() || before == null
                ? joined(report.excessPermissions(), IdentityCondition.excess(observed.gateway()))
                : before.excessPermissions();
        List<String> unread = report.read() || before == null
                ? joined(report.unread(), IdentityCondition.unread(observed.gateway()))
                : before.unread();
        return new IdentityStatus(
                cloud.serviceAccount().email(),
                cloud.invokerRole(),
                project ? IamScope.Project : IamScope.Endpoint,
                grantedOn(cloud),
                reaches(cloud),
                InvokerRole.WANTED.stream().sorted().toList(),
                IdentityCondition.missing(observed.gateway()),
                excess.stream().limit(MAX_EXCESS).toList(),
                unread.stream().limit(MAX_EXCESS).toList());
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream())
                .map(text -> text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…")
                .distinct()
                .sorted()
                .toList();
    }

    /** Predict on a project is predict on all that answers there. */
    private static List<String> reaches(DesiredCloud cloud) {
        return cloud.grant() instanceof InvokerGrant.OnProject grant
                ? List.of(
                        "every publisher model in projects/" + grant.project(),
                        "every Vertex AI endpoint in projects/" + grant.project())
                : List.of();
    }

    private static String grantedOn(DesiredCloud cloud) {
        return switch (cloud.grant()) {
            case InvokerGrant.OnProject onProject -> "projects/" + onProject.project();
            case InvokerGrant.OnEndpoint ignored -> {
                CloudScope scope = cloud.scope();
                yield "projects/" + scope.project() + "/locations/" + scope.location() + "/endpoints/"
                        + endpointId(cloud.endpoint());
            }
        };
    }

    private static String endpointId(DesiredEndpoint endpoint) {
        return switch (endpoint) {
            case DesiredEndpoint.None ignored -> "";
            case DesiredEndpoint.Existing existing -> existing.endpointId();
            case DesiredEndpoint.Created created -> created.endpointId();
        };
    }

    private static Optional<String> answering(@Nullable CloudEndpointStatus before) {
        return before == null ? Optional.empty() : Optional.ofNullable(before.modelVersion());
    }

    /**
     * What the model says it is, by the canary or by real calls; as said before while none was answered. Without a canary another policy
     * may be of another model, and nobody may call that for long.
     */
    private static Optional<String> answering(DesiredState state, GatewayReport report, EndpointStatus status) {
        CloudEndpointStatus before = status.endpoint();
        String said = report.pods().stream()
                .flatMap(pod -> pod.modelVersion().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        boolean sameModel =
                state.proof().canary().isPresent() || state.policyDigest().equals(status.policyDigest());
        return said.isEmpty()
                ? answering(sameModel ? before : null)
                : Optional.of(said.substring(0, Math.min(MAX_VERSION, said.length())));
    }

    private static @Nullable CloudEndpointStatus endpoint(
            CloudReport report, @Nullable CloudEndpointStatus before, Optional<String> answering) {
        if (!report.read() && report.pendingOperation().isEmpty()) {
            return before;
        }
        CloudEndpointStatus status = new CloudEndpointStatus(
                report.endpointResource().orElse(null),
                report.deployedModel().orElse(null),
                report.modelVersion().or(() -> answering).orElse(null),
                report.pendingOperation().orElse(null));
        return status.equals(new CloudEndpointStatus(null, null, null, null)) ? null : status;
    }

    private static GatewayStatus gateway(DesiredState state, GatewayReport report, @Nullable GatewayStatus before) {
        Set<Optional<String>> digests = report.pods().stream()
                .filter(PodReport::ready)
                .map(PodReport::policyDigest)
                .collect(Collectors.toSet());
        String loaded = digests.size() == 1 ? digests.iterator().next().orElse(null) : null;
        String authority = before == null ? null : before.certificateAuthority();
        return new GatewayStatus(
                state.gateway().namespace(),
                state.gateway().name(),
                state.gateway().image(),
                loaded,
                report.readyReplicas(),
                state.gateway().egressCidrs().isEmpty() ? GatewayEgress.Open : GatewayEgress.Restricted,
                report.applied() ? report.certificateAuthority().orElse(null) : authority);
    }

    private static ProofStatus proof(
            DesiredState state, boolean enforced, ProbeResult probe, EndpointStatus status, ConditionSet conditions) {
        ProofStatus before = status.verification();
        // what soaks is a contract that is served, not a gateway that waits for its model
        boolean serves = conditions.holds(ConditionType.IdentityReady) && conditions.holds(ConditionType.EndpointReady);
        VerificationOutcome outcome = enforced && serves
                ? VerificationOutcome.Passed
                : probe instanceof ProbeResult.LetThrough ? VerificationOutcome.Failed : VerificationOutcome.Unknown;
        String failing = probe instanceof ProbeResult.LetThrough through ? through.call() : null;
        boolean aboutTheSame = state.contractDigest().equals(status.admittedContractDigest())
                && status.gateway() != null
                && state.gateway().image().equals(status.gateway().image());
        String since =
                before != null && before.outcome() == outcome && (outcome != VerificationOutcome.Passed || aboutTheSame)
                        ? before.since()
                        : conditions.now();
        return new ProofStatus(outcome, failing, since);
    }

    private static List<EffectiveValue> effective(DesiredState state) {
        return state.effective().stream()
                .limit(MAX_EFFECTIVE)
                .map(value -> new EffectiveValue(
                        value.field(),
                        value.value()
                                .substring(0, Math.min(MAX_VALUE, value.value().length())),
                        source(value.origin(), state.gateway().environment())))
                .toList();
    }

    private static String source(dev.secureprediction.operator.plan.EffectiveValue.Origin origin, String environment) {
        return switch (origin) {
            case Endpoint -> "this endpoint";
            case Environment -> "environment " + environment;
            case Floor -> "environment " + environment + ", in place of this endpoint's";
            case Default -> "default";
        };
    }
}
