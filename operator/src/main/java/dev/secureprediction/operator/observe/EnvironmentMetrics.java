package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import dev.secureprediction.operator.metric.OperatorMetric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How environments are: whether each is ready, and what it lacks. */
public final class EnvironmentMetrics implements StatusMetrics<PredictionEnvironment, EnvironmentStatus> {

    private static final List<ConditionType> SHOWN = List.of(
            ConditionType.Ready,
            ConditionType.Accepted,
            ConditionType.CloudReady,
            ConditionType.QuotaLeft,
            ConditionType.Monotone);

    private final Map<String, List<Condition>> conditions = new ConcurrentHashMap<>();
    private final ConditionGauges gauges;

    /** Nothing told yet. */
    public EnvironmentMetrics(MeterRegistry registry) {
        gauges = new ConditionGauges(
                registry, OperatorMetric.ENVIRONMENTS, SHOWN, name -> Stream.ofNullable(conditions.get(name)));
    }

    @Override
    public void told(PredictionEnvironment environment, EnvironmentStatus status, boolean written) {
        String name = environment.getMetadata().getName();
        conditions.put(name, status.conditions());
        gauges.show(name);
    }

    @Override
    public void gone(PredictionEnvironment environment) {
        conditions.remove(environment.getMetadata().getName());
    }
}
