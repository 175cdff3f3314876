package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in git and applied is never OutOfSync, however it was applied: Argo CD's own comparison finds nothing. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
@Isolated // applies the same samples as others do
final class NoDifferenceIT {

    private static final Path SAMPLES = Yaml.ROOT.resolve("samples");

    /** What Argo CD and Flux read themselves, and pieces that Kustomize puts together. */
    private static final String FOR_OTHER_TOOLS =
            "(argocd|flux)/[^/]*|kustomize/base/.*|kustomize/overlays/.*/placement.yaml";

    private final ControlPlane cluster;
    private final ArgoCd argoCd = new ArgoCd();

    NoDifferenceIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    /** Folders of files that are applied together. */
    static Stream<Path> samples() throws IOException {
        try (var files = Files.walk(SAMPLES, FileVisitOption.FOLLOW_LINKS)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !SAMPLES.relativize(file).toString().matches(FOR_OTHER_TOOLS))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @BeforeAll
    static void namespaces(ControlPlane cluster) {
        cluster.kubectl(
                        "apply",
                        "--server-side",
                        "-f",
                        SAMPLES.resolve("quickstart/00-namespaces.yaml").toString())
                .orThrow();
    }

    @AfterAll
    static void remove(ControlPlane cluster) {
        cluster.kubectl("delete", "-f", SAMPLES.resolve("quickstart").toString(), "--ignore-not-found", "--timeout=60s")
                .orThrow();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asTheServerApplies(Path sample, @TempDir Path folder) throws IOException {
        isInSync(sample, folder, "--server-side", "--force-conflicts");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asTheClientApplies(Path sample, @TempDir Path folder) throws IOException {
        isInSync(sample, folder);
    }

    private void isInSync(Path sample, Path folder, String... how) throws IOException {
        var made = documents(sample, folder);
        var words = new ArrayList<>(List.of("apply", ArgoCd.MANAGER, "-f", write(folder, made)));
        words.addAll(List.of(how));
        kubectl(words.toArray(String[]::new));

        // soon: a controller may write a Deployment's status between the two looks of a comparison
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(argoCd.differences(cluster, made, folder))
                        .hasSize(2 * made.size())
                        .containsOnly(""));

        // namespaces stay: nothing here would empty them
        var passing = made.stream()
                .filter(document -> !document.path("kind").asText().equals("Namespace"))
                .toList();
        kubectl("delete", "-f", write(folder, passing), "--timeout=60s");
    }

    private List<ObjectNode> documents(Path sample, Path folder) throws IOException {
        if (Files.exists(sample.resolve("kustomization.yaml"))) {
            return Yaml.documents(
                    Files.writeString(folder.resolve("made.yaml"), kubectl("kustomize", sample.toString())));
        }
        return Yaml.files(sample).stream()
                .flatMap(file -> Yaml.documents(file).stream())
                .toList();
    }

    private static String write(Path folder, List<ObjectNode> documents) throws IOException {
        return Files.writeString(
                        folder.resolve("documents.yaml"),
                        documents.stream().map(ObjectNode::toString).collect(Collectors.joining("\n---\n")))
                .toString();
    }

    private String kubectl(String... arguments) {
        return cluster.kubectl(arguments).orThrow();
    }
}
