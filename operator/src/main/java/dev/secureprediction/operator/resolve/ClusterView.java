package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What resolving may ask the cluster for; answered from caches. */
public interface ClusterView {

    /** The environment of this name. */
    Optional<PredictionEnvironment> environment(String name);

    /** Labels of a namespace; empty when it does not exist. */
    Optional<Map<String, String>> namespaceLabels(String namespace);

    /** Where the operator may not work in a namespace that exists: the line by which the platform team lets it. */
    Optional<String> missingGrant(String namespace);

    /** Every endpoint whose `environmentRef` has this name, in any order. */
    List<SecurePredictionEndpoint> endpointsOf(String environment);

    /** Every endpoint that says it is this application, whoever's it is, in any order. */
    List<SecurePredictionEndpoint> endpointsOfApplication(String application);

    /** Every endpoint that callers find by this host name, in any order. */
    List<SecurePredictionEndpoint> endpointsOfHostname(String hostname);

    /** What was admitted and verified. */
    PromotionView promotion();

    /** This cluster as issuer of its service accounts' tokens, once that was read. */
    Optional<ClusterIssuer> clusterIssuer();
}
