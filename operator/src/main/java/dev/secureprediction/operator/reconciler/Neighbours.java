package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.CloudEndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.resolve.Application;
import dev.secureprediction.operator.resolve.HostNames;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Wakes endpoints of the same application or host name when one of them changes what the others look at: its contract, its host
 * name, its labels, its end, the contract that it serves, or the version that its model says it is.
 */
final class Neighbours extends AbstractEventSource<SecurePredictionEndpoint, SecurePredictionEndpoint>
        implements ResourceEventAware<SecurePredictionEndpoint> {

    private final IndexerResourceCache<SecurePredictionEndpoint> endpoints;

    Neighbours(IndexerResourceCache<SecurePredictionEndpoint> endpoints) {
        super(SecurePredictionEndpoint.class, "neighbours");
        this.endpoints = endpoints;
    }

    @Override
    public void onResourceCreated(SecurePredictionEndpoint endpoint) {
        wake(endpoint);
    }

    @Override
    public void onResourceUpdated(SecurePredictionEndpoint now, SecurePredictionEndpoint before) {
        boolean same = now.getSpec().contract().equals(before.getSpec().contract())
                && Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels())
                && now.isMarkedForDeletion() == before.isMarkedForDeletion()
                && HostNames.of(now).equals(HostNames.of(before))
                && Objects.equals(admitted(now), admitted(before))
                && Objects.equals(answering(now), answering(before));
        if (!same) {
            wake(now);
            wake(before);
        }
    }

    @Override
    public void onResourceDeleted(SecurePredictionEndpoint endpoint) {
        wake(endpoint);
    }

    @Override
    public Set<SecurePredictionEndpoint> getSecondaryResources(SecurePredictionEndpoint primary) {
        return Set.of();
    }

    private void wake(SecurePredictionEndpoint changed) {
        var self = ResourceID.fromResource(changed);
        Stream.concat(
                        endpoints.byIndex(EndpointWatches.BY_APPLICATION, Application.nameOf(changed)).stream(),
                        HostNames.of(changed).stream()
                                .flatMap(name -> endpoints.byIndex(EndpointWatches.BY_HOSTNAME, name).stream()))
                .map(ResourceID::fromResource)
                .filter(id -> !id.equals(self))
                .distinct()
                .forEach(id -> getEventHandler().handleEvent(new Event(id)));
    }

    private static @Nullable String answering(SecurePredictionEndpoint endpoint) {
        return Optional.ofNullable(endpoint.getStatus())
                .map(EndpointStatus::endpoint)
                .map(CloudEndpointStatus::modelVersion)
                .orElse(null);
    }

    private static @Nullable String admitted(SecurePredictionEndpoint endpoint) {
        return Optional.ofNullable(endpoint.getStatus())
                .map(EndpointStatus::admittedContractDigest)
                .orElse(null);
    }
}
