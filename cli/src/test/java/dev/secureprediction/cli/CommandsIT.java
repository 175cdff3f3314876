package dev.secureprediction.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.cli.quickstart.Endpoints;
import dev.secureprediction.cli.quickstart.LocalSamples;
import dev.secureprediction.cli.quickstart.Progress;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.Manifests;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against the samples on a cluster, as a person and a pipeline use them, until all is let go again. */
@SandboxTest
final class CommandsIT {

    private static final String SYSTEM = "secure-prediction-system";
    private static final String OPERATOR = "secure-prediction-operator";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Sandbox sandbox;
    private final LocalSamples samples;

    CommandsIT(Sandbox sandbox, @TempDir Path folder) {
        this.sandbox = sandbox;
        Checkout checkout = new Checkout(Path.of(System.getProperty("root.directory")));
        Manifests manifests = new Manifests(sandbox.client());
        manifests.apply(checkout.resourceDefinitions());
        manifests.apply(checkout.operatorManifests());
        samples = LocalSamples.write(
                checkout.samples(),
                folder.resolve("samples"),
                sandbox.issuer().url(),
                sandbox.cloud().authority());
        manifests.apply(folder.resolve("samples"));
        new Endpoints(sandbox, samples)
                .awaitReady(
                        PATIENCE,
                        Progress.start(new PrintWriter(System.out, true, StandardCharsets.UTF_8), Clock.systemUTC()));
        System.setProperty("kubeconfig", sandbox.cluster().kubeconfig().toString());
    }

    @Test
    void aDayOfAnEndpoint(@TempDir Path folder) throws IOException, InterruptedException {
        // people look
        var status = spe("status");
        assertThat(status.code()).isZero();
        assertThat(status.out().lines().filter(line -> line.contains("support-chat")))
                .hasSize(3)
                .allMatch(line -> line.contains("True"));
        assertThat(spe("why", "support-chat", "-n", "support-qa").code()).isZero();

        // a pipeline plans: nothing to do, then a change, then one that the API server or the operator refuses
        String file = write(folder, "qa.yaml", yaml("support-qa"));
        assertThat(plan(folder, file)).satisfies(plan -> {
            assertThat(plan.out()).as(plan.err()).isEqualTo("no changes\n");
            assertThat(plan.code()).isZero();
        });
        String changed = write(folder, "changed.yaml", yaml("support-qa").replace("ml-analysts-qa", "ml-others-qa"));
        assertThat(plan(folder, changed)).satisfies(plan -> {
            assertThat(plan.out()).contains("Cluster ~ ConfigMap/support-chat").doesNotContain("Google");
            assertThat(plan.code()).isEqualTo(2);
        });
        assertThat(new ObjectMapper()
                        .readTree(plan(folder, changed, "-o", "json").out())
                        .path("changes")
                        .size())
                .isOne();
        assertThat(plan(
                                folder,
                                write(
                                        folder,
                                        "field.yaml",
                                        yaml("support-qa").replace("analysts: ", "\"Not A Name\": ")))
                        .code())
                .isEqualTo(1);
        String refused = write(folder, "refused.yaml", yaml("support-qa").replace("gemini-2.5-flash", "other-model"));
        assertThat(plan(folder, refused)).satisfies(plan -> {
            assertThat(plan.out() + plan.err()).contains("model");
            assertThat(plan.code()).isEqualTo(1);
        });
        assertThat(sandbox.client()
                        .resources(SecurePredictionEndpoint.class)
                        .inNamespace("support-qa")
                        .withName("support-chat")
                        .get()
                        .getMetadata()
                        .getGeneration())
                .isOne();

        // all of that by kubectl too, whose plugin is on the PATH
        byKubectl(folder, file, changed);

        // and the platform team leaves: first it looks, then all of ours is gone from the cluster, and nothing from
        // Google
        var account = account();
        var asked = spe("release", "--all");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.out()).contains("keeping serviceAccounts/" + account).contains("nothing was done");
        var released = spe("release", "--all", "--yes");
        assertThat(released.out()).endsWith("all of it is gone\n");
        assertThat(released.code()).isZero();
        assertThat(sandbox.client()
                        .resources(PredictionEnvironment.class)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(sandbox.client()
                        .pods()
                        .inAnyNamespace()
                        .withLabel("app.kubernetes.io/name", "secure-prediction-gateway")
                        .list()
                        .getItems())
                .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
        assertThat(sandbox.cloud().state().accounts().find("projects/acme-ml-qa/serviceAccounts/" + account))
                .isPresent();
        assertThat(sandbox.cloud()
                        .state()
                        .policies()
                        .current("projects/acme-ml-qa")
                        .toString())
                .doesNotContain(account);
        // so that the definitions go without anybody to wait for
        sandbox.cluster()
                .kubectl("scale", "deployment", OPERATOR, "-n", SYSTEM, "--replicas=0")
                .orThrow();
        sandbox.cluster()
                .kubectl("delete", "crd", "securepredictionendpoints.secureprediction.dev", "--timeout=60s")
                .orThrow();
    }

    private void byKubectl(Path folder, String file, String changed) throws IOException, InterruptedException {
        var kubectl = KubectlPlugin.on(sandbox, Path.of(System.getProperty("root.directory")), folder);
        assertThat(kubectl.kubectl("plugin", "list").out()).contains("kubectl-spe");
        assertThat(kubectl.kubectl("spe", "status")).satisfies(status -> {
            assertThat(status.code()).as(status.err()).isZero();
            assertThat(status.out().lines().filter(line -> line.contains("support-chat")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("True"));
        });
        assertThat(kubectl.kubectl("spe", "why", "support-chat", "-n", "support-qa"))
                .satisfies(why -> {
                    assertThat(why.code()).as(why.err()).isZero();
                    assertThat(why.out()).contains("Everything that Ready rests on holds");
                });
        assertThat(kubectl.kubectl("spe", "why", "nobody", "-n", "support-qa")).satisfies(why -> {
            assertThat(why.code()).isEqualTo(1);
            assertThat(why.err()).contains("no SecurePredictionEndpoint 'nobody' in namespace support-qa");
        });
        try (PortForward forward = new PortForward(sandbox.node().serviceAddress(SYSTEM, OPERATOR, "promotions"))) {
            List<String> asked = new ArrayList<>(List.of("spe", "plan"));
            asked.addAll(operator(folder, forward));
            assertThat(kubectl.kubectl(with(asked, "-f", file))).satisfies(plan -> {
                assertThat(plan.out()).as(plan.err()).isEqualTo("no changes\n");
                assertThat(plan.code()).isZero();
            });
            assertThat(kubectl.kubectl(with(asked, "-f", changed))).satisfies(plan -> {
                assertThat(plan.out()).contains("Cluster ~ ConfigMap/support-chat");
                assertThat(plan.code()).isEqualTo(2); // kubectl hands on what its plugin ended with
            });
        }
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private String account() {
        var status = sandbox.client()
                .resources(SecurePredictionEndpoint.class)
                .inNamespace("support-qa")
                .withName("support-chat")
                .get()
                .getStatus();
        return String.valueOf(Objects.requireNonNull(status.identity()).serviceAccount());
    }

    private Ran plan(Path folder, String file, String... more) throws IOException {
        try (PortForward forward = new PortForward(sandbox.node().serviceAddress(SYSTEM, OPERATOR, "promotions"))) {
            List<String> arguments = new ArrayList<>(List.of("plan", "-f", file));
            arguments.addAll(operator(folder, forward));
            arguments.addAll(List.of(more));
            return spe(arguments.toArray(String[]::new));
        }
    }

    /** How a pipeline reaches the operator from outside the cluster. */
    private List<String> operator(Path folder, PortForward forward) throws IOException {
        var client = sandbox.client();
        String authority = write(
                folder,
                "ca.crt",
                String.valueOf(client.configMaps()
                        .inNamespace(SYSTEM)
                        .withName(OPERATOR)
                        .require()
                        .getData()
                        .get("ca.crt")));
        sandbox.cluster().kubectl("create", "serviceaccount", "pipeline", "-n", "support-qa");
        sandbox.cluster()
                .kubectl(
                        "create",
                        "role",
                        "pipeline",
                        "-n",
                        "support-qa",
                        "--verb=update",
                        "--resource=securepredictionendpoints");
        sandbox.cluster()
                .kubectl(
                        "create",
                        "rolebinding",
                        "pipeline",
                        "-n",
                        "support-qa",
                        "--role=pipeline",
                        "--serviceaccount=support-qa:pipeline");
        String token = write(
                folder,
                "token",
                sandbox.cluster()
                        .kubectl("create", "token", "pipeline", "-n", "support-qa")
                        .orThrow());
        return List.of("--server", "https://localhost:" + forward.port(), "--ca", authority, "--token-file", token);
    }

    private String yaml(String namespace) {
        return samples.ofKind("SecurePredictionEndpoint").stream()
                .filter(sample -> sample.getMetadata().getNamespace().equals(namespace))
                .map(Serialization::asYaml)
                .findFirst()
                .orElseThrow();
    }

    private static String write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Ran spe(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    private record Ran(int code, String out, String err) {}
}
