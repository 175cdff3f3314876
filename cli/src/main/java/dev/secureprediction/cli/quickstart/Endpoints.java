package dev.secureprediction.cli.quickstart;

import dev.secureprediction.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The sample endpoints in the cluster. */
public final class Endpoints {

    private static final ResourceDefinitionContext ENDPOINT = new ResourceDefinitionContext.Builder()
            .withGroup("secureprediction.dev")
            .withVersion("v1alpha1")
            .withKind("SecurePredictionEndpoint")
            .withPlural("securepredictionendpoints")
            .withNamespaced(true)
            .build();

    private final Sandbox sandbox;
    private final LocalSamples samples;

    public Endpoints(Sandbox sandbox, LocalSamples samples) {
        this.sandbox = sandbox;
        this.samples = samples;
    }

    /**
     * Waits until every sample endpoint is Ready.
     *
     * @throws IllegalStateException when one is not in time; the message says what its conditions say
     */
    public void awaitReady(Duration patience, Progress progress) {
        for (GenericKubernetesResource sample : inChainOrder()) {
            GenericKubernetesResource now = current(sample);
            try {
                now = sandbox.client()
                        .genericKubernetesResources(ENDPOINT)
                        .inNamespace(sample.getMetadata().getNamespace())
                        .withName(sample.getMetadata().getName())
                        .waitUntilCondition(Endpoints::isSettled, patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (io.fabric8.kubernetes.client.KubernetesClientTimeoutException late) {
                throw new IllegalStateException(
                        name(sample) + " is not Ready after " + patience.toSeconds() + " s: "
                                + conditions(current(sample)),
                        late);
            }
            if (!has(now, "Ready")) {
                throw new IllegalStateException(name(sample) + " is stalled: " + conditions(now));
            }
            progress.step(name(now) + " is Ready in " + environment(now));
        }
    }

    /** A change of their contract, to be sent along the chain. */
    public Promotion promotion(Progress progress) {
        return new Promotion(sandbox.client(), samples, progress);
    }

    /** Where callers find each of them, in the order of the chain. */
    public List<Target> targets() {
        return inChainOrder().stream().map(this::current).map(this::target).toList();
    }

    private List<GenericKubernetesResource> inChainOrder() {
        return samples.ofKind("SecurePredictionEndpoint");
    }

    private GenericKubernetesResource current(GenericKubernetesResource sample) {
        return sandbox.client()
                .genericKubernetesResources(ENDPOINT)
                .inNamespace(sample.getMetadata().getNamespace())
                .withName(sample.getMetadata().getName())
                .require();
    }

    private Target target(GenericKubernetesResource endpoint) {
        String environmentName = environment(endpoint);
        GenericKubernetesResource environment = samples.ofKind("PredictionEnvironment").stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(environmentName))
                .findFirst()
                .orElseThrow();
        String project = environment.get("spec", "google", "project");
        List<String> locations = environment.get("spec", "google", "locations");
        List<Map<String, List<String>>> issuers = environment.get("spec", "issuers");
        List<String> audiences = Objects.requireNonNull(issuers.getFirst().get("audiences"));
        String publisher = endpoint.get("spec", "contract", "model", "publisher", "publisher");
        String model = endpoint.get("spec", "contract", "model", "publisher", "name");
        String gatewayNamespace = environment.get("spec", "gatewayNamespace");
        URI url = URI.create(endpoint.<String>get("status", "url"));
        String service = sandbox.client().services().inNamespace(gatewayNamespace).list().getItems().stream()
                .map(candidate -> candidate.getMetadata().getName())
                .filter(name -> url.getHost().startsWith(name + "."))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no Service in " + gatewayNamespace + " answers at " + url));
        return new Target(
                environmentName,
                url,
                sandbox.node().serviceAddress(gatewayNamespace, service, "https"),
                authorityFile(environmentName, endpoint),
                "/v1/projects/%s/locations/%s/publishers/%s/models/%s"
                        .formatted(project, locations.getFirst(), publisher, model),
                audiences.getFirst());
    }

    private Path authorityFile(String environment, GenericKubernetesResource endpoint) {
        String pem = endpoint.get("status", "gateway", "certificateAuthority");
        Path file = sandbox.description().folder().resolve("gateways-" + environment + ".pem");
        try {
            return Files.writeString(file, pem);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Waiting longer changes nothing: it is Ready, or waits for a person. */
    private static boolean isSettled(GenericKubernetesResource endpoint) {
        return has(endpoint, "Ready") || has(endpoint, "Stalled");
    }

    private static boolean has(GenericKubernetesResource endpoint, String condition) {
        return conditionsOf(endpoint).stream()
                .anyMatch(
                        candidate -> condition.equals(candidate.get("type")) && "True".equals(candidate.get("status")));
    }

    private static String conditions(GenericKubernetesResource endpoint) {
        return conditionsOf(endpoint).stream()
                .filter(condition -> !"True".equals(condition.get("status")))
                .map(condition -> condition.get("type") + "=" + condition.get("status") + "/" + condition.get("reason")
                        + " " + condition.get("message"))
                .reduce((one, other) -> one + "; " + other)
                .orElse("no condition yet; is the operator running?");
    }

    private static List<Map<String, Object>> conditionsOf(GenericKubernetesResource endpoint) {
        return Optional.<List<Map<String, Object>>>ofNullable(endpoint.get("status", "conditions"))
                .orElse(List.of());
    }

    private static String environment(GenericKubernetesResource endpoint) {
        return endpoint.get("spec", "environmentRef", "name");
    }

    private static String name(GenericKubernetesResource endpoint) {
        return endpoint.getMetadata().getNamespace() + "/"
                + endpoint.getMetadata().getName();
    }
}
