package dev.secureprediction.cli.change;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes resources out of the cluster and waits for the operator; what the API server refuses is thrown at once. */
final class LettingGo {

    private static final String RETAIN = "{\"spec\":{\"deletionPolicy\":\"Retain\"}}";

    private final KubernetesClient client;
    private final Duration patience;

    LettingGo(KubernetesClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** Those that still stand when time is up. */
    List<SecurePredictionEndpoint> endpoints(List<SecurePredictionEndpoint> endpoints) {
        long end = end();
        for (SecurePredictionEndpoint endpoint : endpoints) {
            if (!endpoint.isMarkedForDeletion()) {
                client.resource(endpoint).patch(PatchContext.of(PatchType.JSON_MERGE), RETAIN);
            }
        }
        endpoints.forEach(endpoint -> client.resource(endpoint).delete());
        return standing(endpoints, end);
    }

    /** Those that still stand when time is up. */
    List<PredictionEnvironment> environments(List<PredictionEnvironment> environments) {
        long end = end();
        List<PredictionEnvironment> unused = environments.stream()
                // the count follows a moment after the last endpoint has gone, and one that counts any may not be
                // deleted
                .filter(environment -> becomes(environment, now -> now == null || count(now) == 0, end))
                .toList();
        unused.forEach(environment -> client.resource(environment).delete());
        List<PredictionEnvironment> left = new ArrayList<>(environments);
        left.removeAll(unused);
        left.addAll(standing(unused, end));
        return left;
    }

    /** How many endpoints an environment says it has. */
    static int count(PredictionEnvironment environment) {
        return Optional.ofNullable(environment.getStatus())
                .map(EnvironmentStatus::endpoints)
                .orElse(0);
    }

    private <R extends HasMetadata> List<R> standing(List<R> resources, long end) {
        return resources.stream()
                .filter(resource -> !becomes(resource, Objects::isNull, end))
                .toList();
    }

    private <R extends HasMetadata> boolean becomes(R resource, Predicate<@Nullable R> state, long end) {
        long remaining = Math.max(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()), 1);
        try {
            client.resource(resource).waitUntilCondition(state, remaining, TimeUnit.MILLISECONDS);
            return true;
        } catch (KubernetesClientTimeoutException e) {
            return state.test(client.resource(resource).get()); // time may have been up before this one was looked at
        }
    }

    private long end() {
        return System.nanoTime() + patience.toNanos();
    }
}
