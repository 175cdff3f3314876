package dev.secureprediction.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.ContractDifference;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A team keeps its contract in a base, and its placements in overlays. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
final class KustomizeIT {

    private static final Path SAMPLE = Yaml.ROOT.resolve("samples/kustomize");

    private final ControlPlane cluster;

    KustomizeIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    @Test
    void threeOverlaysHaveOneDigest() {
        assertThat(Stream.of("qa", "staging", "production")
                        .map(environment -> digest(render(SAMPLE, environment)))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void anOverlayThatPatchesTheContractIsFoundByItsPath(@TempDir Path folder) throws IOException {
        copy(folder);
        Path overlay = folder.resolve("overlays/production/placement.yaml");
        Files.writeString(
                overlay, Files.readString(overlay) + "  contract: {timeouts: {firstByteMilliseconds: 9000}}\n");

        var production = render(folder, "production");
        var staging = render(folder, "staging");

        assertThat(digest(production)).isNotEqualTo(digest(staging));
        assertThat(ContractDifference.between(
                        production.getSpec().contract(), staging.getSpec().contract(), 8))
                .extracting(ContractDifference.At::path)
                .containsExactly("contract.timeouts.firstByteMilliseconds");
    }

    private SecurePredictionEndpoint render(Path sample, String environment) {
        String yaml = cluster.kubectl(
                        "kustomize",
                        sample.resolve("overlays").resolve(environment).toString())
                .orThrow();
        return Serialization.unmarshal(yaml, SecurePredictionEndpoint.class);
    }

    private static String digest(SecurePredictionEndpoint endpoint) {
        return ContractDigest.of(endpoint.getSpec().contract());
    }

    private static void copy(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLE, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(SAMPLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
