package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.GatewayObjects;
import dev.secureprediction.operator.plan.EndpointKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what is left of endpoints that are gone without us: somebody removed their finalizer. */
record OrphanSweeper(
        GatewayObjects objects,
        IndexerResourceCache<SecurePredictionEndpoint> endpoints,
        EndpointRemoval removal,
        KubernetesClient client,
        Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweeper.class);

    /** One round for each of them; what it does not finish, the next one does. */
    void sweep() {
        for (var owner : objects.owners()) {
            try {
                if (isGone(owner)) {
                    LOG.warn("endpoint {} is gone, but its gateway is not; taking it away", owner);
                    removal.round(owner, Optional.empty(), false, Optional.empty(), clock.instant());
                }
            } catch (KubernetesClientException e) {
                LOG.warn("what is left of endpoint {} could not be taken away: {}", owner, e.getMessage());
            }
        }
    }

    /** A cache may be behind, so the API server is asked before anything is removed. */
    private boolean isGone(EndpointKey owner) {
        return endpoints.get(new ResourceID(owner.name(), owner.namespace())).isEmpty()
                && client.resources(SecurePredictionEndpoint.class)
                                .inNamespace(owner.namespace())
                                .withName(owner.name())
                                .get()
                        == null;
    }
}
