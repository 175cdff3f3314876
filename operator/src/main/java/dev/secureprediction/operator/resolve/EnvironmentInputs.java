package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.environment.PromotesFrom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An environment and what it refers to.
 *
 * @param environment the environment
 * @param edition that its text stands for
 * @param upstreams those before it, by name, as far as they exist
 * @param gatewayNamespaceExists whether its gateway namespace does
 * @param missingGrant the line that lets the operator work there, where it may not
 * @param clusterIssuer this cluster as issuer, once that was read
 */
public record EnvironmentInputs(
        PredictionEnvironment environment,
        Edition edition,
        Map<String, PredictionEnvironment> upstreams,
        boolean gatewayNamespaceExists,
        Optional<String> missingGrant,
        Optional<ClusterIssuer> clusterIssuer) {

    public EnvironmentInputs {
        upstreams = Map.copyOf(upstreams);
    }

    /** Reads what an environment refers to. */
    public static EnvironmentInputs gather(
            PredictionEnvironment environment, ClusterView cluster, Installation installation) {
        Map<String, PredictionEnvironment> upstreams = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        Optional<String> next = upstreamName(environment);
        while (next.isPresent() && seen.add(next.get())) {
            String name = next.get();
            Optional<PredictionEnvironment> upstream = cluster.environment(name);
            upstream.ifPresent(found -> upstreams.put(name, found));
            next = upstream.flatMap(EnvironmentInputs::upstreamName);
        }
        String namespace = environment.getSpec().gatewayNamespace();
        boolean namespaceExists = cluster.namespaceLabels(namespace).isPresent();
        Optional<String> missingGrant = namespaceExists ? cluster.missingGrant(namespace) : Optional.empty();
        return new EnvironmentInputs(
                environment,
                Edition.of(environment.getSpec(), installation.gatewayImage()),
                upstreams,
                namespaceExists,
                missingGrant,
                cluster.clusterIssuer());
    }

    /** Of the edition. */
    public String revision() {
        return edition.revision();
    }

    /** The same about another text of the environment. */
    public EnvironmentInputs with(PredictionEnvironment other) {
        return new EnvironmentInputs(other, edition, upstreams, gatewayNamespaceExists, missingGrant, clusterIssuer);
    }

    /** The same for an endpoint that has not got its newest edition yet. */
    public EnvironmentInputs meanwhile(Edition older) {
        var waiting = new PredictionEnvironment();
        waiting.setMetadata(environment.getMetadata());
        waiting.setStatus(environment.getStatus());
        waiting.setSpec(older.meanwhile(environment.getSpec()));
        return new EnvironmentInputs(waiting, older, upstreams, gatewayNamespaceExists, missingGrant, clusterIssuer);
    }

    /** The name of the environment before. */
    static Optional<String> upstreamName(PredictionEnvironment environment) {
        return Optional.ofNullable(environment.getSpec().promotesFrom()).map(PromotesFrom::environment);
    }
}
