package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.cluster.KubectlResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server takes each sample that shows a task, strictly and with the admission policies of the chart. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
@Isolated // the policies hold for the whole API server, which other classes share
final class TaskSamplesIT {

    private static final Path SAMPLES = Yaml.ROOT.resolve("samples");
    private static final String PLATFORM = "platform-team";
    private static final String POLICIES =
            Yaml.ROOT.resolve("operator/src/main/kubernetes/admission.yaml").toString();
    /** Namespaces and environments of all samples, which the other files need there. */
    private static final List<String> STANDING = Stream.of(
                    "quickstart", "okta", "keycloak", "kubernetes-workload", "guardrails", "federation", PLATFORM)
            .map(SAMPLES::resolve)
            .flatMap(folder -> Yaml.files(folder).stream())
            .map(Path::toString)
            .filter(file -> file.matches(".*/(00-namespaces|10-environments?)\\.yaml"))
            .toList();

    private final ControlPlane cluster;

    TaskSamplesIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void install(ControlPlane cluster, @TempDir Path folder) throws IOException {
        STANDING.forEach(file ->
                cluster.kubectl("apply", "--validate=strict", "-f", file).orThrow());
        var house = SAMPLES.resolve(PLATFORM).resolve("30-admission.yaml").toString();
        cluster.kubectl("apply", "--server-side", "-f", POLICIES).orThrow();
        cluster.kubectl("apply", "-f", house).orThrow();
        cluster.kubectl("create", "clusterrole", "self-service", "--verb=get,patch,update", "--resource=namespaces")
                .orThrow();
        cluster.kubectl("create", "clusterrolebinding", "self-service", "--clusterrole=self-service", "--user=somebody")
                .orThrow();
        await().atMost(Duration.ofMinutes(2)) // policies are compiled a moment after they were made
                .until(() -> relabel(cluster).errors().contains("platform team")
                        && tried(cluster, folder, live().replace("billing-live", "default"))
                                .errors()
                                .contains("no grant")
                        && !tried(cluster, folder, withoutLimits()).errors().isEmpty());
    }

    @AfterAll
    static void remove(ControlPlane cluster) {
        var house = SAMPLES.resolve(PLATFORM).resolve("30-admission.yaml").toString();
        cluster.kubectl("delete", "--ignore-not-found", "-f", POLICIES, "-f", house)
                .orThrow();
        cluster.kubectl("delete", "clusterrole,clusterrolebinding", "self-service")
                .orThrow();
        STANDING.stream()
                .filter(file -> !file.endsWith("00-namespaces.yaml"))
                .forEach(file -> cluster.kubectl("delete", "--ignore-not-found", "-f", file)
                        .orThrow());
    }

    @ParameterizedTest
    @MethodSource("dev.secureprediction.operator.api.TaskSamples#names")
    void everyFieldIsKnownAndNothingIsRefused(String sample) {
        var answer = cluster.kubectl(
                "apply",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                SAMPLES.resolve(sample).toString());

        assertThat(answer.exitCode()).as(answer.errors()).isZero();
        assertThat(answer.errors()).isEmpty();
    }

    /** Else somebody with their namespace in hand would choose their grants. */
    @Test
    void onlyThePlatformTeamSaysWhichGrantsANamespaceComesUnder() {
        assertThat(relabel(cluster).errors())
                .contains("metadata.labels: secureprediction.dev/environment may be set by the platform team only");
        assertThat(cluster.kubectl(
                                "label", "namespace", "billing-test", "color=blue", "--dry-run=server", "--as=somebody")
                        .exitCode())
                .isZero();
    }

    @Test
    void anEndpointInLiveNeedsLimits(@TempDir Path folder) throws IOException {
        assertThat(tried(cluster, folder, live()).errors()).isEmpty();
        assertThat(tried(cluster, folder, withoutLimits()).errors())
                .contains("spec.contract.access.roles: each needs limits in environment live");
    }

    /** The sample's endpoint, promoted. */
    private static String live() throws IOException {
        return Files.readString(SAMPLES.resolve(PLATFORM).resolve("40-endpoint.yaml"))
                .replace("billing-test", "billing-live")
                .replace("{name: test}", "{name: live}");
    }

    private static String withoutLimits() throws IOException {
        return live().replaceAll("(?m)^ *limits: .*$", "");
    }

    private static KubectlResult tried(ControlPlane cluster, Path folder, String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("endpoint.yaml"), yaml);
        return cluster.kubectl("apply", "--dry-run=server", "-f", file.toString());
    }

    /** As the page of the sample says it. */
    private static KubectlResult relabel(ControlPlane cluster) {
        return cluster.kubectl(
                "label",
                "namespace",
                "billing-test",
                "secureprediction.dev/environment=live",
                "--overwrite",
                "--dry-run=server",
                "--as=somebody");
    }
}
