package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Installs an operator as a pod: its definitions, its manifests, and a Deployment where the manifests hold none. It knows images and
 * YAML files, no code.
 *
 * @param manifests files or folders, applied in that order: definitions first
 * @param images what to write for an image's name in the manifests
 * @param image the operator's image, for the Deployment made here
 * @param environment variables of the Deployment made here
 */
public record Installation(
        List<Path> manifests, Map<String, String> images, String image, Map<String, String> environment) {

    /** Where the operator runs. */
    public static final String NAMESPACE = "secure-prediction-system";

    /** Its Deployment and its ServiceAccount. */
    public static final String NAME = "secure-prediction-operator";

    /** The Google service account that its pods are. */
    public static final String GOOGLE_ACCOUNT = NAME + "@acme-platform.iam.gserviceaccount.com";

    public Installation {
        manifests = List.copyOf(manifests);
        images = Map.copyOf(images);
        environment = Map.copyOf(environment);
    }

    /** Applies all of it; the Deployment may take some seconds to become available after that. */
    public void apply(KubernetesClient client) {
        var target = new Manifests(client);
        target.applyAll(load(client, """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: %2$s
                  namespace: %1$s
                  annotations: {iam.gke.io/gcp-service-account: %3$s}
                """.formatted(NAMESPACE, NAME, GOOGLE_ACCOUNT)));
        var deployed = manifests.stream()
                .flatMap(path -> target.apply(path, this::withImages).stream())
                .anyMatch(Deployment.class::isInstance);
        if (!deployed) {
            target.applyAll(load(client, deployment()));
        }
    }

    /** Waits until the operator's Deployment is available. */
    public static void awaitAvailable(KubernetesClient client, Duration limit) {
        Waiting.until("Deployment " + NAMESPACE + "/" + NAME, limit, () -> {}, () -> {
            var deployment = client.apps()
                    .deployments()
                    .inNamespace(NAMESPACE)
                    .withName(NAME)
                    .get();
            if (deployment == null) {
                throw new SandboxException("there is no Deployment " + NAMESPACE + "/" + NAME);
            }
            return deployment.getStatus().getConditions().stream()
                    .anyMatch(condition -> condition.getType().equals("Available")
                            && condition.getStatus().equals("True"));
        });
    }

    private String withImages(String yaml) {
        var text = yaml;
        for (var image : images.entrySet()) {
            text = text.replace(image.getKey(), image.getValue());
        }
        return text;
    }

    private String deployment() {
        var variables = environment.entrySet().stream()
                .map(entry -> "        - {name: %s, value: \"%s\"}%n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app.kubernetes.io/name: %1$s}}
                  template:
                    metadata: {labels: {app.kubernetes.io/name: %1$s}}
                    spec:
                      serviceAccountName: %1$s
                      terminationGracePeriodSeconds: 10
                      containers:
                      - name: operator
                        image: %3$s
                        ports: [{name: http, containerPort: 8080}]
                        livenessProbe: {httpGet: {path: /livez, port: http}, periodSeconds: 10, failureThreshold: 6}
                        readinessProbe: {httpGet: {path: /readyz, port: http}, periodSeconds: 1, failureThreshold: 3}
                        env:
                        - {name: SPE_BIND_ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                        - {name: SPE_POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                        - {name: SPE_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                """.formatted(NAME, NAMESPACE, image) + variables;
    }

    private static List<HasMetadata> load(KubernetesClient client, String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }
}
