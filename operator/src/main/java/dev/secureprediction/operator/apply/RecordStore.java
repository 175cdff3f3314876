package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.EditionInUse;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.GatewayRecord;
import dev.secureprediction.operator.render.RecordedState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was last accepted for each endpoint; it outlives everything else that was made for it. */
public final class RecordStore {

    private static final Logger LOG = LoggerFactory.getLogger(RecordStore.class);

    private final GatewayObjects objects;
    private final KubernetesClient client;

    public RecordStore(GatewayObjects objects, KubernetesClient client) {
        this.objects = objects;
        this.client = client;
    }

    /** The record of an endpoint that may be gone. */
    public Optional<RecordedState> of(EndpointKey endpoint) {
        return find(endpoint).flatMap(found -> {
            var recorded = RecordedState.read(found.getData());
            if (recorded.isEmpty()) {
                LOG.error("the record of endpoint {} cannot be read; it is written again at its next change", endpoint);
            }
            return recorded;
        });
    }

    /** Only the edition of its environment that an endpoint runs by; cheap, since a rollout asks it of all. */
    public Optional<EditionInUse> edition(EndpointKey endpoint) {
        return find(endpoint).flatMap(found -> RecordedState.edition(found.getData()));
    }

    /** Notes that the endpoint runs by another edition from now on. */
    public void note(EndpointKey endpoint, EditionInUse use, Context<SecurePredictionEndpoint> context) {
        find(endpoint)
                .flatMap(found ->
                        RecordedState.read(found.getData()).map(state -> GatewayRecord.changed(found, state.by(use))))
                .ifPresent(changed -> objects.apply(changed, context));
    }

    /**
     * Removes all that stands for the endpoint but its record.
     *
     * @param going namespaces that are terminating: what is in them goes by itself, and nobody has rights there any more
     */
    public void removeOthers(EndpointKey endpoint, Predicate<String> going) {
        objects.remove(
                endpoint,
                object -> !isRecord(object.getMetadata().getName())
                        && !going.test(object.getMetadata().getNamespace()),
                client);
    }

    /** Removes the record: nothing is left then. */
    public void forget(EndpointKey endpoint) {
        find(endpoint).ifPresent(found -> client.resource(found).delete());
    }

    private Optional<ConfigMap> find(EndpointKey endpoint) {
        return objects.configMaps(endpoint).stream()
                .filter(map -> isRecord(map.getMetadata().getName()))
                .findFirst();
    }

    private static boolean isRecord(String name) {
        return name.endsWith(GatewayRecord.SUFFIX);
    }
}
