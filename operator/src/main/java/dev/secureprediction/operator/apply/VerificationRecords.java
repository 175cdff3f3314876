package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SignedRecord;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Verification records, wherever they lie: issued here, applied from git, or carried from another cluster. */
public final class VerificationRecords {

    private final InformerEventSource<PredictionVerification, SecurePredictionEndpoint> source;

    private VerificationRecords(InformerEventSource<PredictionVerification, SecurePredictionEndpoint> source) {
        this.source = source;
    }

    /**
     * Watches them.
     *
     * @param byApplication the endpoints that call themselves an application
     */
    public static VerificationRecords watched(
            Function<String, Set<ResourceID>> byApplication, EventSourceContext<SecurePredictionEndpoint> context) {
        var configuration = InformerEventSourceConfiguration.from(
                        PredictionVerification.class, SecurePredictionEndpoint.class)
                .withName("PredictionVerification")
                .withWatchAllNamespaces()
                .withSecondaryToPrimaryMapper(record -> Records.claimed(signed(record))
                        .map(said -> byApplication.apply(said.application()))
                        .orElseGet(Set::of))
                .withOnUpdateFilter((now, before) -> false) // the spec is immutable
                .build();
        return new VerificationRecords(new InformerEventSource<>(configuration, context));
    }

    /** For the framework. */
    public EventSource<?, SecurePredictionEndpoint> source() {
        return source;
    }

    /** All of them, as last seen or written. */
    public List<SignedRecord> all() {
        return source.list().map(VerificationRecords::signed).toList();
    }

    /** The objects themselves in one namespace. */
    public List<PredictionVerification> in(String namespace) {
        return source.list()
                .filter(record -> namespace.equals(record.getMetadata().getNamespace()))
                .toList();
    }

    /** Writes one down. */
    public void create(PredictionVerification record, KubernetesClient client) {
        var created = client.resource(record).create();
        source.handleRecentResourceCreate(ResourceID.fromResource(created), created);
    }

    /** A record as it lies in the cluster. */
    public static SignedRecord signed(PredictionVerification record) {
        return new SignedRecord(
                record.getMetadata().getNamespace(),
                record.getMetadata().getName(),
                record.getSpec().record());
    }
}
