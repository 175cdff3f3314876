package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.ContractDifference;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Kustomize folder, or a file of plain resources, comes to.
 *
 * @param folder or file
 * @param endpoints in it
 */
record Overlay(Path folder, List<SecurePredictionEndpoint> endpoints) {

    private static final int MAX_PATHS = 32;

    Overlay {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Renders it; a folder by `kubectl kustomize`, which needs no cluster.
     *
     * @throws IllegalStateException when it cannot be rendered; the message is the tool's own
     */
    static Overlay render(Path folder) {
        try {
            String yaml = Files.isDirectory(folder) ? kustomize(folder) : Files.readString(folder);
            return new Overlay(folder, endpoints(yaml));
        } catch (IOException e) {
            throw new IllegalStateException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The folder that this one builds on; empty when it builds on none. */
    Optional<Path> base() {
        Path file = folder.resolve("kustomization.yaml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode kustomization = new ObjectMapper()
                    .valueToTree(new KubernetesSerialization().unmarshal(Files.readString(file), Map.class));
            return kustomization
                    .path("resources")
                    .valueStream()
                    .map(resource -> folder.resolve(resource.asText()).normalize())
                    .filter(Files::isDirectory)
                    .findFirst();
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where it changes the contract of an endpoint of its base; an overlay may not. */
    List<String> patchedContracts(Overlay base) {
        List<String> patched = new ArrayList<>();
        for (SecurePredictionEndpoint mine : endpoints) {
            base.endpoints().stream()
                    .filter(other -> other.getMetadata()
                            .getName()
                            .equals(mine.getMetadata().getName()))
                    .findFirst()
                    .ifPresent(other -> ContractDifference.between(
                                    mine.getSpec().contract(), other.getSpec().contract(), MAX_PATHS)
                            .forEach(difference -> patched.add("spec." + difference.path() + " of "
                                    + mine.getMetadata().getName() + ": " + difference.mine() + ", in the base "
                                    + difference.other())));
        }
        return patched;
    }

    private static List<SecurePredictionEndpoint> endpoints(String yaml) {
        var serialization = new KubernetesSerialization();
        serialization.registerKubernetesResource(SecurePredictionEndpoint.class);
        Object content = serialization.unmarshal(yaml);
        Collection<?> items = content instanceof Collection<?> many ? many : List.of(content);
        return items.stream()
                .filter(SecurePredictionEndpoint.class::isInstance)
                .map(SecurePredictionEndpoint.class::cast)
                .toList();
    }

    private static String kustomize(Path folder) throws IOException {
        var process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            String yaml = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("kubectl kustomize " + folder + " failed");
            }
            return yaml;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
