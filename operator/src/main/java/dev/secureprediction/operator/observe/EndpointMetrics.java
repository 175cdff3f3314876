package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.metric.OperatorMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How endpoints are, per environment, and how long getting there took. Labels: environments, conditions and their values. */
public final class EndpointMetrics implements StatusMetrics<SecurePredictionEndpoint, EndpointStatus> {

    private static final List<ConditionType> SHOWN = List.of(
            ConditionType.Ready,
            ConditionType.Accepted,
            ConditionType.IdentityReady,
            ConditionType.EndpointReady,
            ConditionType.GatewayReady,
            ConditionType.PolicyEnforced,
            ConditionType.Available,
            ConditionType.Drifted,
            ConditionType.Stalled);

    private final MeterRegistry registry;
    private final Clock clock;
    private final ConditionGauges gauges;

    /**
     * Nothing counted yet.
     *
     * @param endpoints all of them as last seen, asked at each scrape
     */
    public EndpointMetrics(MeterRegistry registry, Supplier<Stream<SecurePredictionEndpoint>> endpoints, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        gauges = new ConditionGauges(
                registry,
                OperatorMetric.ENDPOINTS,
                SHOWN,
                environment -> endpoints
                        .get()
                        .filter(endpoint -> endpoint.getStatus() != null
                                && endpoint.getSpec().environmentRef().name().equals(environment))
                        .map(endpoint -> endpoint.getStatus().conditions()));
    }

    /** Also where nothing is news: after a start all is as it was, and has to be counted all the same. */
    @Override
    public void told(SecurePredictionEndpoint endpoint, EndpointStatus after, boolean written) {
        String environment = endpoint.getSpec().environmentRef().name();
        if (gauges.show(environment)) {
            found(environment); // a counter that begins at one was never seen to rise
            time(OperatorMetric.DRIFT_REVERT, environment);
        }
        if (written) {
            wrote(endpoint, after, environment);
        }
    }

    private void wrote(SecurePredictionEndpoint endpoint, EndpointStatus after, String environment) {
        EndpointStatus before = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
        if (Conditions.isTrue(after.conditions(), ConditionType.Ready)
                && !Conditions.isTrue(before.conditions(), ConditionType.Ready)) {
            time(OperatorMetric.TIME_TO_READY, environment)
                    .record(Duration.between(unreadySince(endpoint, before), clock.instant()));
        }
        for (DriftEntry entry : after.drift()) {
            drift(environment, entry, before.drift());
        }
    }

    private Counter found(String environment) {
        return Counter.builder(OperatorMetric.DRIFT_FOUND.meter())
                .description(OperatorMetric.DRIFT_FOUND.description())
                .tags(OperatorMetric.DRIFT_FOUND.tags(environment))
                .register(registry);
    }

    private void drift(String environment, DriftEntry entry, List<DriftEntry> before) {
        boolean isKnown = before.stream().anyMatch(known -> isSame(known, entry));
        if (!isKnown) {
            found(environment).increment();
        }
        boolean wasReverted = before.stream().anyMatch(known -> isSame(known, entry) && known.revertedAt() != null);
        if (entry.revertedAt() != null && !wasReverted) {
            time(OperatorMetric.DRIFT_REVERT, environment)
                    .record(Duration.between(Instant.parse(entry.detectedAt()), Instant.parse(entry.revertedAt())));
        }
    }

    private static boolean isSame(DriftEntry left, DriftEntry right) {
        return left.resource().equals(right.resource())
                && left.field().equals(right.field())
                && left.detectedAt().equals(right.detectedAt());
    }

    private static Instant unreadySince(SecurePredictionEndpoint endpoint, EndpointStatus before) {
        Instant created = Instant.parse(endpoint.getMetadata().getCreationTimestamp());
        return Conditions.find(before.conditions(), ConditionType.Ready)
                .map(Condition::lastTransitionTime)
                .map(Instant::parse)
                .filter(ignored -> before.policyDigest() != null)
                .orElse(created);
    }

    private Timer time(OperatorMetric metric, String environment) {
        return Timer.builder(metric.meter())
                .description(metric.description())
                .tags(metric.tags(environment))
                .register(registry);
    }
}
