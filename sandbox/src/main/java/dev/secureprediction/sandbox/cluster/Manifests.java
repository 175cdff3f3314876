package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Applies YAML files by server-side apply: what others need first, custom resource definitions until they serve. */
public final class Manifests {

    private static final String FIELD_MANAGER = "sandbox";
    private static final List<String> FIRST = List.of("Namespace", "CustomResourceDefinition", "ServiceAccount");

    private final KubernetesClient client;

    public Manifests(KubernetesClient client) {
        this.client = client;
    }

    /** Applies a file, or all YAML files of a folder and the folders in it. */
    public List<HasMetadata> apply(Path fileOrFolder) {
        return apply(fileOrFolder, UnaryOperator.identity());
    }

    /**
     * Applies files whose text is changed first.
     *
     * @param edit changes the text of each file before it is read, for instance names of images
     */
    public List<HasMetadata> apply(Path fileOrFolder, UnaryOperator<String> edit) {
        List<HasMetadata> objects = new ArrayList<>();
        for (var file : files(fileOrFolder)) {
            objects.addAll(read(file, edit));
        }
        return applyAll(objects);
    }

    /** Applies objects; those without a namespace of their own, though their kind has one, go to {@code default}. */
    public List<HasMetadata> applyAll(List<HasMetadata> objects) {
        return objects.stream()
                .sorted(Comparator.comparingInt(Manifests::rank))
                .map(this::applyOne)
                .toList();
    }

    private HasMetadata applyOne(HasMetadata object) {
        var applied = client.resource(object)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        if (applied instanceof CustomResourceDefinition definition) {
            waitUntilServed(definition);
        }
        return applied;
    }

    private void waitUntilServed(CustomResourceDefinition definition) {
        var name = definition.getMetadata().getName();
        Waiting.until(name, Duration.ofSeconds(30), () -> {}, () -> {
            var now = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(name)
                    .get();
            // just made, it has a status without conditions
            var established =
                    Optional.ofNullable(now.getStatus())
                            .map(status -> status.getConditions())
                            .orElse(List.of())
                            .stream()
                            .anyMatch(condition -> condition.getType().equals("Established")
                                    && condition.getStatus().equals("True"));
            return established && discovered(now);
        });
    }

    /** Established comes before discovery tells of the kind, and a client finds a kind by discovery. */
    private boolean discovered(CustomResourceDefinition definition) {
        var spec = definition.getSpec();
        return spec.getVersions().stream()
                .filter(version -> version.getServed())
                .allMatch(version -> {
                    var resources = client.getApiResources(spec.getGroup() + "/" + version.getName());
                    return resources != null
                            && resources.getResources().stream()
                                    .anyMatch(resource ->
                                            spec.getNames().getKind().equals(resource.getKind()));
                });
    }

    private List<HasMetadata> read(Path file, UnaryOperator<String> edit) {
        try {
            var text = edit.apply(Files.readString(file));
            return client.load(new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .items();
        } catch (IOException e) {
            throw new SandboxException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static int rank(HasMetadata object) {
        var index = FIRST.indexOf(object.getKind());
        return index < 0 ? FIRST.size() : index;
    }

    private static List<Path> files(Path fileOrFolder) {
        try (Stream<Path> found = Files.walk(fileOrFolder)) {
            return found.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new SandboxException("cannot read " + fileOrFolder + ": " + e.getMessage(), e);
        }
    }
}
