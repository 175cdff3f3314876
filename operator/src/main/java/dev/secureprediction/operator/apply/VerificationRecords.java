package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SignedRecord;
import dev.secureprediction.operator.promotion.Verification;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Verification records, wherever they lie: issued here, applied from git, or carried from another cluster. */
public final class VerificationRecords {

    private static final String BY_APPLICATION = "application";

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
                .withSecondaryToPrimaryMapper(
                        record -> application(record).map(byApplication).orElseGet(Set::of))
                .withOnUpdateFilter((now, before) -> false) // the spec is immutable
                .build();
        var source = new InformerEventSource<>(configuration, context);
        // each is read once, as it comes: rounds that looked through all of them made most of the operator's garbage
        source.addIndexers(
                Map.of(BY_APPLICATION, record -> application(record).stream().toList()));
        return new VerificationRecords(source);
    }

    private static Optional<String> application(PredictionVerification record) {
        return Records.claimed(signed(record)).map(Verification::application);
    }

    /** For the framework. */
    public EventSource<?, SecurePredictionEndpoint> source() {
        return source;
    }

    /** Those that claim to be about an application, as last seen or written. */
    public List<SignedRecord> about(String application) {
        return known(
                        source.byIndex(BY_APPLICATION, application),
                        record ->
                                application(record).filter(application::equals).isPresent())
                .map(VerificationRecords::signed)
                .toList();
    }

    /** The objects themselves in one namespace. */
    public List<PredictionVerification> in(String namespace) {
        Predicate<PredictionVerification> there =
                record -> namespace.equals(record.getMetadata().getNamespace());
        return known(source.list(there).toList(), there).toList();
    }

    /** Writes one down. */
    public void create(PredictionVerification record, KubernetesClient client) {
        var created = client.resource(record).create();
        written.put(ResourceID.fromResource(created), new Written(created, Instant.now()));
    }

    /** With those of the same kind that were written since. */
    private Stream<PredictionVerification> known(
            List<PredictionVerification> seen, Predicate<PredictionVerification> same) {
        seen.forEach(record -> written.remove(ResourceID.fromResource(record)));
        Instant oldest = Instant.now().minus(UNSEEN);
        written.values().removeIf(record -> record.at().isBefore(oldest));
        return Stream.concat(
                seen.stream(), written.values().stream().map(Written::record).filter(same));
    }

    /** A record as it lies in the cluster. */
    public static SignedRecord signed(PredictionVerification record) {
        return new SignedRecord(
                record.getMetadata().getNamespace(),
                record.getMetadata().getName(),
                record.getSpec().record());
    }
}
