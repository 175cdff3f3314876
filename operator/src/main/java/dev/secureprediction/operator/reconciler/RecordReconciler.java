package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.status.RecordStatus;
import dev.secureprediction.operator.apply.SigningKeyStore;
import dev.secureprediction.operator.apply.VerificationRecords;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.status.Projection;
import dev.secureprediction.operator.status.RecordProjector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says of each record whether it counts, for people; gates judge by themselves. */
public final class RecordReconciler implements Reconciler<PredictionVerification> {

    private final SigningKeyStore keys;
    private final Statuses<RecordStatus, PredictionVerification> statuses;
    private final Clock clock;

    private @Nullable InformerEventSource<PredictionEnvironment, PredictionVerification> environments;

    RecordReconciler(SigningKeyStore keys, Statuses<RecordStatus, PredictionVerification> statuses, Clock clock) {
        this.keys = keys;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, PredictionVerification>> prepareEventSources(
            EventSourceContext<PredictionVerification> context) {
        var records = context.getPrimaryCache();
        environments = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(PredictionEnvironment.class, PredictionVerification.class)
                        .withName("PredictionEnvironment")
                        .withSecondaryToPrimaryMapper(changed ->
                                records.list().map(ResourceID::fromResource).collect(Collectors.toSet()))
                        .withOnUpdateFilter((now, before) -> !Objects.equals(
                                now.getSpec().promotesFrom(), before.getSpec().promotesFrom()))
                        .build(),
                context);
        return List.of(environments);
    }

    @Override
    public UpdateControl<PredictionVerification> reconcile(
            PredictionVerification record, Context<PredictionVerification> context) {
        return Trace.during(() -> {
            Projection<RecordStatus> projection =
                    RecordProjector.project(record, VerificationRecords.signed(record), trusted(), clock.instant());
            statuses.write(record, projection, context);
            var control = UpdateControl.<PredictionVerification>noUpdate();
            return RecordProjector.end(VerificationRecords.signed(record), clock.instant())
                    .map(control::rescheduleAfter)
                    .orElse(control);
        });
    }

    /** Whoever counts anywhere in this cluster. */
    private List<TrustedKeys> trusted() {
        var known = Objects.requireNonNull(environments, "the framework prepares event sources first");
        return Stream.concat(
                        Stream.of(keys.trusted()),
                        known.list()
                                .flatMap(environment ->
                                        Stream.ofNullable(environment.getSpec().promotesFrom()))
                                .map(from -> TrustedKeys.of(from.verifiers())))
                .toList();
    }
}
