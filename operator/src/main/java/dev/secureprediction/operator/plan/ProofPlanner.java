package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.endpoint.ContractVerification;
import dev.secureprediction.operator.plan.DesiredProof.CanaryCall;
import dev.secureprediction.operator.resolve.ClusterIssuer;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Resolution;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.KeySource;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Verifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What lets the operator prove a gateway: an issuer that only it has tokens of, and a role for exactly the canary. */
final class ProofPlanner {

    /** What the API server signs service account tokens with. */
    private static final List<String> ALGORITHMS = List.of("RS256", "ES256");

    private static final long KEYS_SERVE_SECONDS = 604_800;

    private final Resolution.Resolved resolved;
    private final Optional<ClusterIssuer> cluster;
    private final VerifierIdentity identity;

    ProofPlanner(Resolution.Resolved resolved) {
        this.resolved = resolved;
        this.cluster = resolved.inputs().environment().flatMap(EnvironmentInputs::clusterIssuer);
        this.identity = VerifierIdentity.of(
                resolved.inputs().installation(),
                resolved.environment().getMetadata().getName());
    }

    DesiredProof proof() {
        Integer interval =
                verification().map(ContractVerification::probeIntervalSeconds).orElse(null);
        return new DesiredProof(
                cluster.map(ignored -> identity),
                canary(),
                Objects.requireNonNullElse(interval, Defaults.PROBE_INTERVAL_SECONDS));
    }

    Optional<Issuer> issuer() {
        return cluster.map(found -> new Issuer(
                Verifier.ISSUER,
                found.url(),
                List.of(identity.audience()),
                ALGORITHMS,
                new ClaimNames("sub", "groups", "scope", "org"),
                new KeySource.Carried(),
                KEYS_SERVE_SECONDS,
                Optional.empty(),
                List.of()));
    }

    Optional<Role> role() {
        return cluster.flatMap(ignored -> canary())
                .map(canary -> new Role(
                        Verifier.ROLE,
                        List.of(Verifier.ISSUER),
                        "claims.subject == '" + identity.subject() + "'",
                        List.of(Action.Predict),
                        Optional.empty(),
                        DataRules.PLAIN_CONTENT,
                        Optional.empty(),
                        Optional.of(canary.body())));
    }

    private Optional<CanaryCall> canary() {
        return verification()
                .flatMap(asked -> Optional.ofNullable(asked.canary()))
                .map(canary -> new CanaryCall(canary.surface(), canary.body()));
    }

    private Optional<ContractVerification> verification() {
        return Optional.ofNullable(
                resolved.inputs().endpoint().getSpec().contract().verification());
    }
}
