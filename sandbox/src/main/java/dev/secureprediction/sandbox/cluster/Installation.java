package dev.secureprediction.sandbox.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Installs an operator as a person would: its definitions, then its manifests, with a few words of them replaced. It knows YAML files, no
 * code.
 *
 * @param manifests files or folders, applied in that order
 * @param replacements what to write instead of a text, for instance an image's full reference
 */
public record Installation(List<Path> manifests, Map<String, String> replacements) {

    public Installation {
        manifests = List.copyOf(manifests);
        replacements = Map.copyOf(replacements);
    }

    /** Applies all of it; Deployments may take some seconds to become available after that. */
    public void apply(KubernetesClient client) {
        var target = new Manifests(client);
        manifests.forEach(path -> target.apply(path, this::replaced));
    }

    /**
     * Waits until a Deployment is available.
     *
     * @throws dev.secureprediction.sandbox.SandboxException when it is not within the limit
     */
    public static void awaitAvailable(KubernetesClient client, String namespace, String name, Duration limit) {
        Waiting.until("Deployment " + namespace + "/" + name, limit, () -> {}, () -> {
            var deployment = client.apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            return Optional.ofNullable(deployment)
                    .map(found -> found.getStatus())
                    .map(status -> status.getConditions())
                    .orElse(List.of())
                    .stream()
                    .anyMatch(condition -> condition.getType().equals("Available")
                            && condition.getStatus().equals("True"));
        });
    }

    private String replaced(String yaml) {
        var texts = replacements.keySet().stream()
                .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                .toList();
        var result = yaml;
        for (var text : texts) {
            result = result.replace(text, replacements.get(text));
        }
        return result;
    }
}
