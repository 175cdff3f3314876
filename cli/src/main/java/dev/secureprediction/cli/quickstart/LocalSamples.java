package dev.secureprediction.cli.quickstart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The samples with the addresses of this sandbox in place of Okta's and Google's. Nothing else differs.
 *
 * @param resources what the files hold, in the files' order
 */
public record LocalSamples(List<HasMetadata> resources) {

    public LocalSamples {
        resources = List.copyOf(resources);
    }

    /**
     * Reads the samples, puts addresses in and writes the result beside the sandbox, file by file.
     *
     * @param samples folder with the samples
     * @param target folder to write to; made if missing
     * @param issuerUrl replaces the URL of every issuer
     * @param cloud replaces every Google API's address, as host:port
     * @throws UncheckedIOException when a folder cannot be read or written
     */
    public static LocalSamples write(Path samples, Path target, String issuerUrl, String cloud) {
        var yaml = new KubernetesSerialization();
        List<HasMetadata> resources = new ArrayList<>();
        try {
            Files.createDirectories(target);
            for (Path file : yamlFiles(samples)) {
                List<HasMetadata> inFile = read(yaml, file);
                inFile.stream()
                        .filter(GenericKubernetesResource.class::isInstance)
                        .map(GenericKubernetesResource.class::cast)
                        .filter(resource -> resource.getKind().equals("PredictionEnvironment"))
                        .forEach(environment -> localise(environment, issuerUrl, cloud));
                StringBuilder text = new StringBuilder();
                inFile.forEach(resource -> text.append(yaml.asYaml(resource)));
                Files.writeString(target.resolve(file.getFileName()), text);
                resources.addAll(inFile);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return new LocalSamples(resources);
    }

    /** The samples of one kind. */
    public List<GenericKubernetesResource> ofKind(String kind) {
        return resources.stream()
                .filter(resource -> resource.getKind().equals(kind))
                .filter(GenericKubernetesResource.class::isInstance)
                .map(GenericKubernetesResource.class::cast)
                .toList();
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<HasMetadata> read(KubernetesSerialization yaml, Path file) throws IOException {
        Object content = yaml.unmarshal(Files.readString(file));
        Collection<?> items = content instanceof Collection<?> many ? many : List.of(content);
        return items.stream().map(HasMetadata.class::cast).toList();
    }

    private static void localise(GenericKubernetesResource environment, String issuerUrl, String cloud) {
        List<Map<String, Object>> issuers = environment.get("spec", "issuers");
        issuers.forEach(issuer -> issuer.put("url", issuerUrl));
        Map<String, Object> google = environment.get("spec", "google");
        google.put(
                "apiEndpoints",
                Map.of(
                        "aiplatform", cloud,
                        "iam", cloud,
                        "resourcemanager", cloud,
                        "sts", cloud,
                        "iamcredentials", cloud));
    }
}
