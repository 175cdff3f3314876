package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.GatewayStatus;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Samples that show a task, applied as their pages say and called; only addresses are the sandbox's. */
@SandboxTest
final class CalledSamplesIT {

    private static final Path SAMPLES = Yaml.ROOT.resolve("samples");
    private static final String COMPLETION =
            "{\"model\": \"google/gemini-2.5-flash\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}";

    private final Platform platform;

    CalledSamplesIT(Sandbox sandbox) {
        platform = Platform.installed(sandbox);
    }

    @Test
    void peopleChatWithGeminiByEitherProtocol() throws IOException {
        apply("00-namespaces.yaml");
        apply("10-environments.yaml");
        apply("gemini-chat/endpoint.yaml");
        var caller = callerOnceReady("support-qa", "gemini-chat");

        for (var person : new String[] {"analyst@example.com", "scientist@example.com"}) {
            var token = Optional.of(platform.sandbox().issuer().token(person, Stage.AUDIENCE));
            assertThat(caller.chat(token)).as(person).isEqualTo(200);
            assertThat(caller.post("/openai/v1/chat/completions", COMPLETION, token))
                    .as(person)
                    .isEqualTo(200);
        }
        var guest = platform.sandbox().issuer().token("guest@example.com", Stage.AUDIENCE);
        assertThat(caller.chat(Optional.of(guest))).isEqualTo(403);
        remove("support-qa", "gemini-chat");
    }

    @Test
    void aWorkloadNeedsNoSecret() throws IOException {
        apply("kubernetes-workload/00-namespaces.yaml");
        apply("kubernetes-workload/10-environment.yaml");
        apply("kubernetes-workload/20-endpoint.yaml");
        platform.apply(Files.readString(SAMPLES.resolve("kubernetes-workload/30-workload.yaml"))
                .split("---\n", -1)[0]); // its account; the job's image is not here
        var caller = callerOnceReady("reports", "summaries");

        assertThat(caller.chat(token("nightly", "api://prediction-workloads"))).isEqualTo(200);
        assertThat(caller.chat(token("default", "api://prediction-workloads"))).isEqualTo(403);
        assertThat(caller.chat(token("nightly", ControlPlane.ISSUER))).isEqualTo(401);
        remove("reports", "summaries");
    }

    private void apply(String file) throws IOException {
        var sandbox = platform.sandbox();
        platform.apply(Files.readString(SAMPLES.resolve(file))
                .replace(
                        "https://acme.okta.com/oauth2/default", sandbox.issuer().url())
                .replaceAll("https://container\\.googleapis\\.com/\\S+", ControlPlane.ISSUER)
                .replace(
                        "    locations: [europe-west4]\n",
                        "    locations: [europe-west4]\n    apiEndpoints: {aiplatform: \"%1$s\", iam: \"%1$s\", resourcemanager: \"%1$s\", sts: \"%1$s\", iamcredentials: \"%1$s\"}\n"
                                .formatted(sandbox.cloud().authority())));
    }

    private Caller callerOnceReady(String namespace, String name) {
        await().atMost(Platform.LONG)
                .until(() -> endpoint(namespace, name)
                        .filter(found -> found.getStatus() != null)
                        .filter(found -> Conditions.isTrue(found.getStatus().conditions(), ConditionType.Ready))
                        .isPresent());
        GatewayStatus gateway = Objects.requireNonNull(
                endpoint(namespace, name).orElseThrow().getStatus().gateway());
        var address = platform.sandbox()
                .node()
                .serviceAddress(String.valueOf(gateway.namespace()), String.valueOf(gateway.name()), "");
        return new Caller(address, String.valueOf(gateway.certificateAuthority()));
    }

    private Optional<SecurePredictionEndpoint> endpoint(String namespace, String name) {
        return Optional.ofNullable(platform.client()
                .resources(SecurePredictionEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    private Optional<String> token(String account, String audience) {
        return Optional.of(platform.sandbox()
                .cluster()
                .kubectl("create", "token", account, "-n", "reports", "--audience", audience)
                .orThrow()
                .strip());
    }

    private void remove(String namespace, String name) {
        platform.client().resource(endpoint(namespace, name).orElseThrow()).delete();
        await().atMost(Platform.LONG).until(() -> endpoint(namespace, name).isEmpty());
    }
}
