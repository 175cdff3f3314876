package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.metric.OperatorMetric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Resources by condition, per environment; counted at each scrape. */
final class ConditionGauges {

    private final MeterRegistry registry;
    private final OperatorMetric metric;
    private final List<ConditionType> shown;
    private final Function<String, Stream<List<Condition>>> conditions;
    private final Set<String> environments = ConcurrentHashMap.newKeySet();

    /**
     * None yet.
     *
     * @param metric with labels for environment, condition and its status
     * @param conditions of all resources of an environment, as last seen
     */
    ConditionGauges(
            MeterRegistry registry,
            OperatorMetric metric,
            List<ConditionType> shown,
            Function<String, Stream<List<Condition>>> conditions) {
        this.registry = registry;
        this.metric = metric;
        this.shown = shown;
        this.conditions = conditions;
    }

    /** From now on this environment is counted; true the first time. */
    boolean show(String environment) {
        if (!environments.add(environment)) {
            return false;
        }
        for (ConditionType type : shown) {
            for (String value : List.of(Conditions.TRUE, Conditions.FALSE, Conditions.UNKNOWN)) {
                Gauge.builder(metric.meter(), () -> count(environment, type, value))
                        .description(metric.description())
                        .tags(metric.tags(environment, type.name(), value))
                        .register(registry);
            }
        }
        return true;
    }

    private long count(String environment, ConditionType type, String value) {
        return conditions
                .apply(environment)
                .filter(found -> Conditions.find(found, type)
                        .filter(condition -> condition.status().equals(value))
                        .isPresent())
                .count();
    }
}
