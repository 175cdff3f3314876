package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.api.v1alpha1.ApiGroup;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANAGER = "--field-manager=argocd-controller";

    private final ControlPlane cluster;
    private final ArgoCd argoCd = new ArgoCd();

    NoDifferenceIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    static Stream<Path> samples() throws IOException {
        try (var files = Files.walk(Yaml.ROOT.resolve("samples"), FileVisitOption.FOLLOW_LINKS)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(NoDifferenceIT::isOurs)
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
                        Yaml.ROOT
                                .resolve("samples/quickstart/00-namespaces.yaml")
                                .toString())
                .orThrow();
    }

    @AfterAll
    static void remove(ControlPlane cluster) {
        cluster.kubectl(
                        "delete",
                        "-f",
                        Yaml.ROOT.resolve("samples/quickstart").toString(),
                        "--ignore-not-found",
                        "--timeout=60s")
                .orThrow();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asTheServerApplies(Path sample, @TempDir Path folder) throws IOException {
        kubectl("apply", "--server-side", "--force-conflicts", MANAGER, "-f", sample.toString());

        assertThat(argoCd.differences(pairs(sample, folder))).isNotEmpty().containsOnly("");

        delete(sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asTheClientApplies(Path sample, @TempDir Path folder) throws IOException {
        kubectl("apply", MANAGER, "-f", sample.toString());

        assertThat(argoCd.differences(pairs(sample, folder))).isNotEmpty().containsOnly("");

        delete(sample);
    }

    private List<ArgoCd.Pair> pairs(Path sample, Path folder) throws IOException {
        var pairs = new ArrayList<ArgoCd.Pair>();
        for (var config : Yaml.documents(sample)) {
            var file = Files.writeString(folder.resolve("config.json"), config.toString());
            pairs.add(new ArgoCd.Pair(
                    config,
                    object(kubectl("get", "-f", file.toString(), "-o", "json", "--show-managed-fields")),
                    kubectl(
                            "apply",
                            "--server-side",
                            "--force-conflicts",
                            "--dry-run=server",
                            MANAGER,
                            "-f",
                            file.toString(),
                            "-o",
                            "json",
                            "--show-managed-fields")));
        }
        return pairs;
    }

    private void delete(Path sample) {
        if (!sample.getFileName().toString().equals("00-namespaces.yaml")) {
            kubectl("delete", "-f", sample.toString(), "--timeout=60s");
        }
    }

    private String kubectl(String... arguments) {
        return cluster.kubectl(arguments).orThrow();
    }

    private static ObjectNode object(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json);
    }

    /** Whole objects for this cluster; not patches, nor what other tools read. */
    private static boolean isOurs(Path file) {
        return Yaml.documents(file).stream()
                .allMatch(document -> document.path("kind").asText().equals("Namespace")
                        || document.path("kind").asText().equals("RoleBinding")
                        || (document.path("apiVersion").asText().startsWith(ApiGroup.NAME)
                                && (document.path("kind").asText().equals("PredictionEnvironment")
                                        || document.at("/metadata/namespace").isTextual())));
    }
}
