package dev.secureprediction.bench.operator;

import dev.secureprediction.bench.operator.Landscape.Place;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Endpoints as a user sees them. */
final class Endpoints implements AutoCloseable {
    private static final String VERSION = "secureprediction.dev/v1alpha1";
    private static final String KIND = "SecurePredictionEndpoint";
    private static final int AT_ONCE = 8;

    private final KubernetesClient client;
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    /**
     * What is known of one.
     *
     * @param generation that its status is about, and that is Ready; 0 for none
     * @param since when that was seen first, in nano time
     * @param gateway `namespace/name`; empty while unknown
     */
    private record State(long generation, long since, String gateway) {}

    Endpoints(KubernetesClient client) {
        this.client = client;
        this.informer = client.genericKubernetesResources(VERSION, KIND)
                .inAnyNamespace()
                .inform(Handlers.of(this::seen));
    }

    void create(List<Place> places) {
        try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            var made = places.stream()
                    .map(place ->
                            workers.submit(() -> client.resource(place.yaml()).create()))
                    .toList();
            for (var one : made) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an endpoint could not be created", e.getCause());
        }
    }

    /** A user's change: another limit. Gives the generation that it made. */
    long change(Place place, int requestsPerMinute) {
        return client.genericKubernetesResources(VERSION, KIND)
                .inNamespace(place.namespace())
                .withName(place.name())
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"replace\",\"path\":\"/spec/contract/access/roles/0/limits/requestsPerMinute\",\"value\":"
                                + requestsPerMinute + "}]")
                .getMetadata()
                .getGeneration();
    }

    /** How many are Ready as they are now. */
    long settled() {
        return states.values().stream().filter(state -> state.generation() > 0).count();
    }

    /** When this generation was seen to be Ready; the least of longs while it is not. */
    long readySince(Place place, long generation) {
        State state = states.get(key(place.namespace(), place.name()));
        return state != null && state.generation() == generation ? state.since() : Long.MIN_VALUE;
    }

    String gateway(Place place) {
        return Objects.requireNonNull(states.get(key(place.namespace(), place.name())))
                .gateway();
    }

    /** What those that are not Ready say, for a run that does not settle. */
    List<String> complaints() {
        return informer.getIndexer().list().stream()
                .filter(endpoint -> ready(endpoint) == 0)
                .limit(5)
                .map(endpoint -> endpoint.getMetadata().getName() + ": "
                        + endpoint.getAdditionalProperties().get("status"))
                .toList();
    }

    private void seen(GenericKubernetesResource endpoint) {
        long ready = ready(endpoint);
        Object name = endpoint.get("status", "gateway", "name");
        Object environment = endpoint.get("spec", "environmentRef", "name");
        String gateway = name == null ? "" : Landscape.gateways(String.valueOf(environment)) + "/" + name;
        states.compute(
                key(
                        endpoint.getMetadata().getNamespace(),
                        endpoint.getMetadata().getName()),
                (key, before) -> before != null && before.generation() == ready
                        ? new State(ready, before.since(), gateway)
                        : new State(ready, System.nanoTime(), gateway));
    }

    /** The generation that is Ready; 0 for none. */
    private static long ready(GenericKubernetesResource endpoint) {
        Object observed = endpoint.get("status", "observedGeneration");
        Long generation = endpoint.getMetadata().getGeneration();
        if (observed == null || !String.valueOf(observed).equals(String.valueOf(generation))) {
            return 0;
        }
        List<Map<String, Object>> conditions = endpoint.get("status", "conditions");
        boolean isReady = conditions != null
                && conditions.stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
        return isReady ? generation : 0;
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    @Override
    public void close() {
        informer.close();
    }
}
