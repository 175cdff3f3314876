package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.plan.EndpointKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gateway objects of one kind. */
sealed interface GatewayKind<R extends HasMetadata> permits OwnedKind, OwnedSecrets {

    /** What tells of changes; empty where nothing does, so that a change is found when the endpoint is looked at again. */
    Optional<EventSource<?, SecurePredictionEndpoint>> source();

    boolean holds(HasMetadata object);

    /** What stands for an endpoint, as last seen or written. */
    List<R> of(SecurePredictionEndpoint endpoint);

    /** What stands for an endpoint that may be gone. */
    List<R> of(EndpointKey endpoint);

    /** Every endpoint that has such an object, whether or not the endpoint still exists. */
    Stream<EndpointKey> owners();

    /** How the object differs from the wanted one; nothing where it does not. Writes nothing. */
    Optional<Difference> difference(HasMetadata wanted, Context<SecurePredictionEndpoint> context);

    /** Makes the object as wanted; says what had to be written. */
    Optional<Difference> apply(HasMetadata wanted, Context<SecurePredictionEndpoint> context);

    /** One was taken away. */
    default void removed(HasMetadata object) {}
}
