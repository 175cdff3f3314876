package dev.secureprediction.cli.quickstart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** A change of the contract on its way from qa to production, told as it happens; the soaks last seconds here, not half an hour. */
public final class Promotion {

    private static final ResourceDefinitionContext ENVIRONMENT =
            context("PredictionEnvironment", "predictionenvironments", false);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int SHORT = 11;
    private static final String CHANGE = "{\"spec\":{\"contract\":{\"timeouts\":{\"firstByteMilliseconds\":3500}}}}";

    private final KubernetesClient client;
    private final LocalSamples samples;
    private final Progress progress;

    public Promotion(KubernetesClient client, LocalSamples samples, Progress progress) {
        this.client = client;
        this.samples = samples;
        this.progress = progress;
    }

    /**
     * Closes the gates, commits one change everywhere at once, and tells what becomes of it.
     *
     * @return whether it was served in every environment in time
     */
    public boolean run(Duration patience) throws InterruptedException {
        closeGates();
        Instant end = Instant.now().plus(patience);
        if (!until(end, endpoint -> holds(endpoint, "Verified"))) {
            return false;
        }
        progress.step("A contract change is committed to every environment at once");
        samples.ofKind("SecurePredictionEndpoint")
                .forEach(sample -> resource(sample).patch(MERGE, CHANGE));
        Map<String, String> told = new HashMap<>();
        boolean isDone = until(end, endpoint -> {
            tell(endpoint, told);
            return holds(endpoint, "Ready")
                    && digest(endpoint, "contractDigest").equals(digest(endpoint, "admittedContractDigest"));
        });
        progress.step(isDone ? "It is served in every environment" : "It did not reach every environment in time");
        return isDone;
    }

    private void closeGates() {
        for (GenericKubernetesResource environment : samples.ofKind("PredictionEnvironment")) {
            boolean isFirst = environment.get("spec", "promotesFrom") == null;
            String gate = isFirst ? "" : ",\"promotion\":{\"gate\":\"Verified\",\"minimumSoakSeconds\":2}";
            client.genericKubernetesResources(ENVIRONMENT)
                    .withName(environment.getMetadata().getName())
                    .patch(MERGE, "{\"spec\":{\"verification\":{\"soakSeconds\":2}" + gate + "}}");
        }
        progress.step("From now on staging and production take only what was verified before them (2 s of soak here)");
    }

    private boolean until(Instant end, Predicate<GenericKubernetesResource> isReached) throws InterruptedException {
        while (Instant.now().isBefore(end)) {
            List<GenericKubernetesResource> now = samples.ofKind("SecurePredictionEndpoint").stream()
                    .map(sample -> resource(sample).require())
                    .toList();
            // every one is looked at, so that what happens is told in the order of the chain
            if (now.stream()
                            .filter(endpoint -> isCurrent(endpoint) && isReached.test(endpoint))
                            .count()
                    == now.size()) {
                return true;
            }
            Thread.sleep(LOOK);
        }
        return false;
    }

    private void tell(GenericKubernetesResource endpoint, Map<String, String> told) {
        String environment = endpoint.get("spec", "environmentRef", "name");
        String now = condition(endpoint, "Ready")
                .filter(ready -> "AwaitingPromotion".equals(ready.get("reason")))
                .map(ready -> "held: " + ready.get("message"))
                .orElseGet(() -> "serves contract " + digest(endpoint, "admittedContractDigest"));
        if (!now.equals(told.put(environment, now))) {
            progress.detail(environment + " " + now);
        }
    }

    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource sample) {
        return client.genericKubernetesResources(context("SecurePredictionEndpoint", "securepredictionendpoints", true))
                .inNamespace(sample.getMetadata().getNamespace())
                .withName(sample.getMetadata().getName());
    }

    private static boolean isCurrent(GenericKubernetesResource endpoint) {
        Object observed = endpoint.get("status", "observedGeneration");
        return observed instanceof Number number
                && Objects.equals(number.longValue(), endpoint.getMetadata().getGeneration());
    }

    private static boolean holds(GenericKubernetesResource endpoint, String type) {
        return condition(endpoint, type)
                .filter(found -> "True".equals(found.get("status")))
                .isPresent();
    }

    private static Optional<Map<String, Object>> condition(GenericKubernetesResource endpoint, String type) {
        return Optional.<List<Map<String, Object>>>ofNullable(endpoint.get("status", "conditions"))
                .orElse(List.of())
                .stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }

    private static String digest(GenericKubernetesResource endpoint, String field) {
        String digest =
                Optional.<String>ofNullable(endpoint.get("status", field)).orElse("-");
        return digest.substring(0, Math.min(SHORT, digest.length()));
    }

    private static ResourceDefinitionContext context(String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("secureprediction.dev")
                .withVersion("v1alpha1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
