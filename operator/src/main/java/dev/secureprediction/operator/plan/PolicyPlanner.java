package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.environment.FederationIdentity;
import dev.secureprediction.operator.api.v1alpha1.environment.GoogleSettings;
import dev.secureprediction.operator.api.v1alpha1.environment.IssuerClaims;
import dev.secureprediction.operator.api.v1alpha1.environment.IssuerSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.SigningAlgorithm;
import dev.secureprediction.operator.resolve.ClusterIssuer;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Resolution;
import dev.secureprediction.operator.resolve.WantedModel;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.IssuerKeys;
import dev.secureprediction.policy.model.KeySource;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.Timeouts;
import dev.secureprediction.policy.model.Upstream;
import dev.secureprediction.policy.model.Verifier;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles what a gateway enforces out of contract, placement and environment. */
final class PolicyPlanner {

    private final Resolution.Resolved resolved;
    private final EndpointKey key;
    private final Names names;
    private final PredictionEnvironmentSpec environment;
    private final GoogleSettings google;
    private final Contract contract;

    PolicyPlanner(Resolution.Resolved resolved, EndpointKey key, Names names) {
        this.resolved = resolved;
        this.key = key;
        this.names = names;
        this.environment = resolved.environment().getSpec();
        this.google = environment.google();
        this.contract = resolved.inputs().endpoint().getSpec().contract();
    }

    PolicyBundle bundle(String contractDigest, String callProject, String accountEmail, int maxReplicas) {
        GoogleAddresses addresses = new GoogleAddresses(google);
        var asked = contract.timeoutsOrDefault();
        return new PolicyBundle(
                PolicyBundle.FORMAT_VERSION,
                new EndpointIdentity(resolved.environment().getMetadata().getName(), key.namespace(), key.name()),
                contractDigest,
                resolved.surfaces(),
                Stream.concat(usedIssuers().stream().map(this::issuer), new ProofPlanner(resolved).issuer().stream())
                        .toList(),
                resolved.inputs().endpoint().getSpec().placementOrDefault().bindings(),
                Stream.concat(
                                RolePlanner.of(
                                        contract.access().roles(),
                                        resolved.roles(),
                                        addresses,
                                        resolved.location(),
                                        model())
                                        .stream(),
                                new ProofPlanner(resolved).role().stream())
                        .toList(),
                new RequestRules(
                        contract.requestOrDefault().maxBytesOrDefault(),
                        contract.requestOrDefault().schemaIfAny()),
                new Timeouts(
                        asked.connectMillisecondsOrDefault(),
                        asked.firstByteMillisecondsOrDefault(),
                        asked.idleMillisecondsOrDefault(),
                        asked.totalMillisecondsOrDefault()),
                upstream(callProject, accountEmail),
                new GuardrailPlanner(addresses, callProject, resolved.location()).of(environment, contract),
                ServingPlanner.response(contract),
                ServingPlanner.audit(environment, contract),
                ServingPlanner.retries(contract),
                ServingPlanner.gateway(
                        environment, resolved.inputs().endpoint().getSpec().placementOrDefault(), maxReplicas));
    }

    /** This cluster's keys, for each issuer in use that takes them. */
    IssuerKeys issuerKeys() {
        Optional<ClusterIssuer> cluster = resolved.inputs().environment().flatMap(EnvironmentInputs::clusterIssuer);
        Map<String, JsonNode> keys = new TreeMap<>();
        cluster.ifPresent(found -> usedIssuers().stream()
                .filter(issuer -> issuer.kubernetes() != null)
                .forEach(issuer -> keys.put(issuer.name(), found.jwks())));
        cluster.ifPresent(found -> keys.put(Verifier.ISSUER, found.jwks()));
        return new IssuerKeys(keys);
    }

    /** Only those that a role names, in the environment's order: a gateway need not trust, or reach, any other. */
    private List<IssuerSpec> usedIssuers() {
        Set<String> named = resolved.roles().stream()
                .flatMap(role -> role.issuers().stream())
                .collect(Collectors.toUnmodifiableSet());
        return environment.issuers().stream()
                .filter(issuer -> named.contains(issuer.name()))
                .toList();
    }

    private Issuer issuer(IssuerSpec issuer) {
        IssuerClaims claims = issuer.claimsOrDefault();
        Integer lifetime = environment.requireOrDefault().maxTokenLifetimeSeconds();
        return new Issuer(
                issuer.name(),
                issuer.url(),
                issuer.audiences(),
                issuer.algorithmsOrDefault().stream()
                        .map(SigningAlgorithm::name)
                        .toList(),
                new ClaimNames(
                        claims.subjectOrDefault(),
                        claims.groupsOrDefault(),
                        claims.scopesOrDefault(),
                        claims.tenantOrDefault()),
                keys(issuer),
                issuer.maxStaleSecondsOrDefault(),
                Optional.ofNullable(lifetime).map(Integer::longValue),
                issuer.tokenTypes());
    }

    private static KeySource keys(IssuerSpec issuer) {
        if (issuer.kubernetes() != null) {
            return new KeySource.Carried();
        }
        Optional<String> caBundle = Optional.ofNullable(issuer.caBundle());
        return issuer.jwksURL() == null
                ? new KeySource.Discovery(caBundle)
                : new KeySource.Jwks(issuer.jwksURL(), caBundle);
    }

    private Upstream upstream(String callProject, String accountEmail) {
        GoogleAddresses addresses = new GoogleAddresses(google);
        FederationIdentity federation = google.workloadIdentity().federation();
        Credential credential = federation == null
                ? new Credential.Metadata()
                : new Credential.Federation(
                        addresses.providerAudience(federation),
                        addresses.tokenUrl(),
                        addresses.impersonationUrl(accountEmail));
        // the number that is known is the environment's own project's
        String projectNumber = callProject.equals(google.project())
                ? Objects.requireNonNullElse(google.projectNumber(), callProject)
                : callProject;
        return new Upstream(
                addresses.vertex(resolved.location()),
                callProject,
                projectNumber,
                resolved.location(),
                model(),
                credential,
                addresses.replaced().resourcemanager());
    }

    private Model model() {
        return switch (resolved.model()) {
            case WantedModel.Publisher publisher -> new Model.Publisher(publisher.publisher(), publisher.name());
            case WantedModel.Existing existing -> new Model.Endpoint(existing.endpointId());
            case WantedModel.Deployed ignored -> new Model.Endpoint(names.endpointId());
        };
    }
}
