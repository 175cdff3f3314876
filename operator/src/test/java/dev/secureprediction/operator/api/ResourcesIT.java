package dev.secureprediction.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.cluster.KubectlResult;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person works with our resources on a real API server, with nothing but kubectl. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
final class ResourcesIT {

    private static final Path VALID = Yaml.TESTS.resolve("valid");

    private final ControlPlane cluster;

    ResourcesIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    @Test
    void appliesTheSamplesReadsThemAndDeletesThem() {
        kubectl("apply", "-f", Yaml.ROOT.resolve("samples/quickstart").toString());

        assertThat(kubectl("get", "penv", "-o", "name").lines())
                .contains(
                        "predictionenvironment.secureprediction.dev/qa",
                        "predictionenvironment.secureprediction.dev/staging",
                        "predictionenvironment.secureprediction.dev/production");
        assertThat(kubectl("get", "spe", "-A").lines().map(line -> line.replaceAll(" +", " ")))
                .startsWith("NAMESPACE NAME READY ENVIRONMENT MODEL CONTRACT CONSISTENT URL AGE")
                .anyMatch(line -> line.startsWith("support-qa support-chat qa gemini-2.5-flash "));

        kubectl("delete", "-f", Yaml.ROOT.resolve("samples/quickstart").toString(), "--timeout=60s");
        assertThat(kubectl(
                        "get",
                        "--ignore-not-found",
                        "-f",
                        Yaml.ROOT.resolve("samples/quickstart").toString(),
                        "-o",
                        "name"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom-model", "existing-endpoint", "fastapi", "fastapi/kubernetes"})
    void triesTheOtherSamples(String folder) {
        kubectl(
                "apply",
                "-f",
                Yaml.ROOT.resolve("samples/quickstart/00-namespaces.yaml").toString());
        kubectl(
                "apply",
                "--dry-run=server",
                "-f",
                Yaml.ROOT.resolve("samples").resolve(folder).toString());
    }

    @Test
    void runsTheSampleServiceUnderTheStrictestPodSecurity(@TempDir Path folder) throws IOException {
        kubectl("create", "namespace", "strict");
        kubectl("label", "namespace", "strict", "pod-security.kubernetes.io/warn=restricted");
        Path service = Files.writeString(
                folder.resolve("assistant.yaml"),
                Files.readString(Yaml.ROOT.resolve("samples/fastapi/kubernetes/assistant.yaml"))
                        .replace("namespace: support-qa", "namespace: strict"));

        KubectlResult applied = cluster.kubectl("apply", "--dry-run=server", "-f", service.toString());

        assertThat(applied.output()).contains("deployment.apps/assistant created");
        assertThat(applied.errors()).as("no warning").isEmpty();
    }

    @Test
    void mayUseEveryField() {
        assertThat(kubectl("apply", "--dry-run=server", "-f", VALID.toString()).lines())
                .hasSize(6)
                .allMatch(line -> line.endsWith("(server dry run)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spe.spec.contract.access",
                "spe.spec.contract.access.roles.when",
                "spe.status.conditions",
                "penv.spec.google.workloadIdentity",
                "predictionverification.spec.record"
            })
    void asksWhatAFieldIs(String field) {
        assertThat(kubectl("explain", field)).contains("DESCRIPTION:").doesNotContain("<empty>");
    }

    @Test
    void isNotToldThatAllIsWellBeforeTheOperatorHasLooked() {
        kubectl("apply", "-f", VALID.resolve("verification.yaml").toString());

        assertThat(kubectl("get", "predictionverification", "support-chat-3f9c2a17", "-o", "jsonpath={.status}"))
                .isEqualTo("{\"observedGeneration\":0}");
    }

    @Test
    void seesTheStatusThatTheOperatorWrites() {
        kubectl("apply", "-f", VALID.resolve("endpoint.yaml").toString());
        var report = new SecurePredictionEndpoint();
        report.setMetadata(new ObjectMetaBuilder()
                .withName("every-field")
                .withNamespace("default")
                .build());
        report.setStatus(ready());
        cluster.client()
                .resource(report)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("operator")
                        .withForce(true)
                        .build());

        assertThat(kubectl("get", "spe", "every-field", "--no-headers").replaceAll(" +", " "))
                .startsWith("every-field True production gemini-2.5-flash 3f9c2a17 True https://chat.example.com ");
        kubectl("wait", "--for=condition=Ready", "spe/every-field", "--timeout=5s");
        var read = cluster.client()
                .resources(SecurePredictionEndpoint.class)
                .inNamespace("default")
                .withName("every-field")
                .require();
        assertThat(read.getStatus()).isEqualTo(ready());
    }

    @Test
    void cannotSlipARoleBesideThoseInGit() {
        var file = VALID.resolve("endpoint.yaml").toString();
        kubectl("apply", "--server-side", "--field-manager=git", "-f", file);
        kubectl(
                "patch",
                "spe",
                "existing",
                "--field-manager=somebody",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/spec/contract/access/roles/-\",\"value\":{\"name\":\"all\",\"when\":\"true\",\"actions\":[\"Predict\"]}},"
                        + "{\"op\":\"add\",\"path\":\"/spec/contract/audit\",\"value\":{\"prompts\":\"None\"}}]");

        kubectl("apply", "--server-side", "--field-manager=git", "--force-conflicts", "-f", file);

        assertThat(kubectl("get", "spe", "existing", "-o", "jsonpath={.spec.contract.access.roles[*].name}"))
                .isEqualTo("analyst");
        assertThat(kubectl("get", "spe", "existing", "-o", "jsonpath={.spec.contract.audit}"))
                .isEmpty();
    }

    private static EndpointStatus ready() {
        var since = "2026-11-22T12:00:00Z";
        return new EndpointStatus(
                1L,
                List.of(
                        new Condition("Ready", "True", 1L, since, "AllReady", ""),
                        new Condition("Consistent", "True", 1L, since, "Same", "as in staging")),
                "https://chat.example.com",
                "3f9c2a17",
                "v1:3f9c2a17",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                List.of());
    }

    private String kubectl(String... arguments) {
        return cluster.kubectl(arguments).orThrow();
    }
}
