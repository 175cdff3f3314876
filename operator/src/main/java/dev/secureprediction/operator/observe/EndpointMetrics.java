package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.metric.OperatorMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How endpoints are, per environment, and how long getting there took. Labels: environments, conditions and their values. */
public final class EndpointMetrics {

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
    private final Supplier<Stream<SecurePredictionEndpoint>> endpoints;
    private final Clock clock;
    private final Set<String> environments = ConcurrentHashMap.newKeySet();

    /**
     * Nothing counted yet.
     *
     * @param endpoints all of them as last seen, asked at each scrape
     */
    public EndpointMetrics(MeterRegistry registry, Supplier<Stream<SecurePredictionEndpoint>> endpoints, Clock clock) {
        this.registry = registry;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /** A status was written in place of the one that the endpoint holds. */
    public void wrote(SecurePredictionEndpoint endpoint, EndpointStatus after) {
        EndpointStatus before = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
        String environment = endpoint.getSpec().environmentRef().name();
        if (environments.add(environment)) {
            SHOWN.forEach(type -> show(environment, type));
        }
        if (Conditions.isTrue(after.conditions(), ConditionType.Ready)
                && !Conditions.isTrue(before.conditions(), ConditionType.Ready)) {
            time(OperatorMetric.TIME_TO_READY, environment)
                    .record(Duration.between(unreadySince(endpoint, before), clock.instant()));
        }
        for (DriftEntry entry : after.drift()) {
            drift(environment, entry, before.drift());
        }
    }

    private void drift(String environment, DriftEntry entry, List<DriftEntry> before) {
        boolean isKnown = before.stream().anyMatch(known -> isSame(known, entry));
        if (!isKnown) {
            Counter.builder(OperatorMetric.DRIFT_FOUND.meter())
                    .description(OperatorMetric.DRIFT_FOUND.description())
                    .tags(OperatorMetric.DRIFT_FOUND.tags(environment))
                    .register(registry)
                    .increment();
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

    private void show(String environment, ConditionType type) {
        for (String value : List.of(Conditions.TRUE, Conditions.FALSE, Conditions.UNKNOWN)) {
            Gauge.builder(OperatorMetric.ENDPOINTS.meter(), () -> count(environment, type, value))
                    .description(OperatorMetric.ENDPOINTS.description())
                    .tags(OperatorMetric.ENDPOINTS.tags(environment, type.name(), value))
                    .register(registry);
        }
    }

    private long count(String environment, ConditionType type, String value) {
        return endpoints
                .get()
                .filter(endpoint -> endpoint.getStatus() != null
                        && endpoint.getSpec().environmentRef().name().equals(environment))
                .filter(endpoint -> Conditions.find(endpoint.getStatus().conditions(), type)
                        .filter(condition -> condition.status().equals(value))
                        .isPresent())
                .count();
    }
}
