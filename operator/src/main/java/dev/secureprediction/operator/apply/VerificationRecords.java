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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Verification records, wherever they lie: issued here, applied from git, or carried from another cluster. */
public final class VerificationRecords {

    /** How long one that was written is believed to be there before the watch tells of it. */
    private static final Duration UNSEEN = Duration.ofSeconds(30);

    private final InformerEventSource<PredictionVerification, SecurePredictionEndpoint> source;

    // not handed to the source as a recent one: it would then tell nobody of it, and whoever waits for the record is
    // another endpoint
    private final Map<ResourceID, Written> written = new ConcurrentHashMap<>();

    private record Written(PredictionVerification record, Instant at) {}

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
        return known().map(VerificationRecords::signed).toList();
    }

    /** The objects themselves in one namespace. */
    public List<PredictionVerification> in(String namespace) {
        return known().filter(record -> namespace.equals(record.getMetadata().getNamespace()))
                .toList();
    }

    /** Writes one down. */
    public void create(PredictionVerification record, KubernetesClient client) {
        var created = client.resource(record).create();
        written.put(ResourceID.fromResource(created), new Written(created, Instant.now()));
    }

    private Stream<PredictionVerification> known() {
        List<PredictionVerification> seen = source.list().toList();
        seen.forEach(record -> written.remove(ResourceID.fromResource(record)));
        Instant oldest = Instant.now().minus(UNSEEN);
        written.values().removeIf(record -> record.at().isBefore(oldest));
        return Stream.concat(seen.stream(), written.values().stream().map(Written::record));
    }

    /** A record as it lies in the cluster. */
    public static SignedRecord signed(PredictionVerification record) {
        return new SignedRecord(
                record.getMetadata().getNamespace(),
                record.getMetadata().getName(),
                record.getSpec().record());
    }
}
