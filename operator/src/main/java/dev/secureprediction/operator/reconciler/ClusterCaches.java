package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.resolve.ClusterIssuer;
import dev.secureprediction.operator.resolve.ClusterView;
import dev.secureprediction.operator.resolve.PromotionView;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The cluster, from the very caches whose events lead to a reconciliation, so that none is decided on older data than its cause.
 *
 * @param environments by name
 * @param namespaces by name
 * @param missingGrant the line that lets the operator work in a namespace, where it may not
 * @param endpoints by environment
 * @param applications endpoints by what they call their application
 * @param hostnames endpoints by host name
 * @param promotion what was admitted and verified
 * @param issuer this cluster's own
 */
record ClusterCaches(
        Function<String, Optional<PredictionEnvironment>> environments,
        Function<String, Optional<Namespace>> namespaces,
        Function<String, Optional<String>> missingGrant,
        Function<String, List<SecurePredictionEndpoint>> endpoints,
        Function<String, List<SecurePredictionEndpoint>> applications,
        Function<String, List<SecurePredictionEndpoint>> hostnames,
        PromotionView promotion,
        Supplier<Optional<ClusterIssuer>> issuer)
        implements ClusterView {

    /** The same with another text of one environment. */
    ClusterCaches with(PredictionEnvironment edited) {
        return new ClusterCaches(
                name -> name.equals(edited.getMetadata().getName()) ? Optional.of(edited) : environments.apply(name),
                namespaces,
                missingGrant,
                endpoints,
                applications,
                hostnames,
                promotion,
                issuer);
    }

    @Override
    public Optional<PredictionEnvironment> environment(String name) {
        return environments.apply(name);
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return namespaces
                .apply(namespace)
                .map(found ->
                        Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of()));
    }

    /** A namespace that is on its way out can be granted nothing. */
    @Override
    public Optional<String> missingGrant(String namespace) {
        return isTerminating(namespace) ? Optional.empty() : missingGrant.apply(namespace);
    }

    @Override
    public List<SecurePredictionEndpoint> endpointsOf(String environment) {
        return endpoints.apply(environment);
    }

    @Override
    public List<SecurePredictionEndpoint> endpointsOfApplication(String application) {
        return applications.apply(application);
    }

    @Override
    public List<SecurePredictionEndpoint> endpointsOfHostname(String hostname) {
        return hostnames.apply(hostname);
    }

    @Override
    public Optional<ClusterIssuer> clusterIssuer() {
        return issuer.get();
    }

    /** Whether a namespace is on its way out. */
    boolean isTerminating(String namespace) {
        return namespaces
                .apply(namespace)
                .filter(found -> found.getMetadata().getDeletionTimestamp() != null)
                .isPresent();
    }
}
