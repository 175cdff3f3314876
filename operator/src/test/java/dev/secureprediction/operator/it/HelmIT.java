package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.delivery.GoModule;
import dev.secureprediction.operator.delivery.Helm;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A platform team lives with the chart: installs it, upgrades while people call, goes back, takes it away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HelmIT {

    /** A sandbox of its own, since the chart brings definitions and policies of the whole cluster. */
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.alone();

    private static final String TEAM = "support-qa";
    private static final Pattern METRIC = Pattern.compile("spe_[a-z_]+");

    private final Sandbox sandbox;
    private final Platform platform;
    private final Helm helm;

    HelmIT(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.platform = Platform.of(sandbox);
        this.helm = Helm.of(sandbox.cluster().kubeconfig());
    }

    @Test
    @Order(1)
    void theSamplesAreReadyOnWhatTheChartInstalls(@TempDir Path folder) throws IOException {
        // given a namespace that takes restricted pods only, and the chart as it was before
        platform.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: secure-prediction-system, labels: {pod-security.kubernetes.io/enforce: restricted}}
                """);
        // and the Gateway API, which clusters have that lead callers by it
        GoModule.GATEWAY_API.serve(
                sandbox.cluster(),
                "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml",
                "config/crd/standard/gateway.networking.k8s.io_backendtlspolicies.yaml");
        helm.run("package", Helm.CHART.toString(), "--version", "0.0.9", "--destination", folder.toString());
        // when
        install(
                "install",
                folder.resolve("secure-prediction-operator-0.0.9.tgz").toString(),
                "replicaCount=1");
        applySamples();
        // then
        awaitSamplesReady();
        assertThat(caller().chat(Optional.of(token()))).isEqualTo(200);
        // and what a grant does not cover is refused as it is applied, by the chart's policies
        assertThat(sandbox.cluster()
                        .kubectl(
                                "patch",
                                "spe/support-chat",
                                "--namespace=" + TEAM,
                                "--type=merge",
                                "-p",
                                "{\"spec\":{\"placement\":{\"gateway\":{\"minReplicas\":1,\"maxReplicas\":50}}}}")
                        .errors())
                .contains("is not covered by spec.allow[].maxGatewayReplicas");
    }

    /** Alerts and the dashboard ask for nothing that nobody counts. */
    @Test
    @Order(2)
    void whatIsMonitoredIsThere() throws IOException {
        var asked = new TreeSet<String>();
        for (var file : List.of("files/alerts.yaml", "files/dashboard.json")) {
            METRIC.matcher(Files.readString(Helm.CHART.resolve(file)))
                    .results()
                    .map(MatchResult::group)
                    .forEach(asked::add);
        }

        assertThat(asked).hasSizeGreaterThan(8);
        await().atMost(Platform.LONG).untilAsserted(() -> assertThat(scraped()).contains(asked.toArray(String[]::new)));
    }

    @Test
    @Order(3)
    void callersComeByAGatewayOfThePlatform() {
        new RouteStory(sandbox, platform).tell();
    }

    @Test
    @Order(4)
    void nobodyIsRefusedWhileItIsUpgradedAndRolledBack() {
        var since = now();
        // when, while an analyst calls all the time
        var answers = whileCalling(() -> {
            install("upgrade", Helm.CHART.toString(), "replicaCount=2");
            assertThat(platform.operatorPods()).hasSizeGreaterThanOrEqualTo(2);
            helm.run("rollback", Helm.RELEASE, "1", "--namespace", Helm.NAMESPACE, "--wait", "--timeout", "3m");
        });
        // then
        assertThat(answers).hasSizeGreaterThan(20).containsOnly(200);
        assertThat(sandbox.cloud().calls().mutatingSince(since)).isEmpty();
        awaitSamplesReady();
    }

    @Test
    @Order(5)
    void nothingIsLostWhenItIsTakenAway() {
        // given
        var since = now();
        var account = account();
        assertThat(Rights.ofOperator(sandbox).refused()).isEmpty();
        // when
        helm.run("uninstall", Helm.RELEASE, "--namespace", Helm.NAMESPACE, "--wait", "--timeout", "3m");
        await().atMost(Platform.LONG).until(() -> platform.operatorPods().isEmpty());
        // then endpoints are there, their gateways serve, and nobody has touched Google Cloud
        assertThat(endpoints())
                .hasSize(3)
                .allSatisfy(endpoint -> assertThat(endpoint.getMetadata().getDeletionTimestamp())
                        .isNull());
        assertThat(caller().chat(Optional.of(token()))).isEqualTo(200);
        // and whoever installs it again goes on where it ended
        install("install", Helm.CHART.toString(), "replicaCount=1");
        awaitSamplesReady();
        assertThat(sandbox.cloud().calls().mutatingSince(since)).isEmpty();
        assertThat(account()).isEqualTo(account);
    }

    @Test
    @Order(6)
    void theOperatorUsesTheRightsThatTheChartGivesIt() {
        // when the last of its work is done: an endpoint that goes
        platform.client().resource(endpoint()).delete();
        await().atMost(Platform.LONG).until(() -> endpoints().size() == 2);
        // then
        var rights = Rights.ofOperator(sandbox);
        assertThat(rights.unused()).isSubsetOf(Rights.SHOWN_ELSEWHERE);
    }

    private String scraped() throws IOException {
        var text = new StringBuilder();
        for (var pod : platform.client().pods().inAnyNamespace().list().getItems()) {
            var port = pod.getMetadata().getNamespace().equals(Helm.NAMESPACE) ? 8080 : 8081;
            var url = URI.create("http://" + pod.getStatus().getPodIP() + ":" + port + "/metrics")
                    .toURL();
            try (var answer = url.openStream()) {
                text.append(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private void install(String verb, String chart, String set) {
        helm.run(
                verb,
                Helm.RELEASE,
                chart,
                "--namespace",
                Helm.NAMESPACE,
                "--values",
                Helm.values("minimal").toString(),
                "--set",
                set,
                "--wait",
                "--timeout",
                "3m");
    }

    private void applySamples() throws IOException {
        var cloud = sandbox.cloud().authority();
        var addresses =
                "    locations: [europe-west4]\n    apiEndpoints: {aiplatform: \"%1$s\", iam: \"%1$s\", resourcemanager: \"%1$s\", sts: \"%1$s\", iamcredentials: \"%1$s\"}\n"
                        .formatted(cloud);
        for (var file : Yaml.files(Yaml.ROOT.resolve("samples/quickstart"))) {
            platform.apply(Files.readString(file)
                    .replace(
                            "https://acme.okta.com/oauth2/default",
                            sandbox.issuer().url())
                    .replace("    locations: [europe-west4]\n", addresses)
                    // a machine that starts two operators beside other tests is slower than users' are
                    .replace(
                            "{firstByteMilliseconds: 3000}",
                            "{connectMilliseconds: 15000, firstByteMilliseconds: 15000}"));
        }
    }

    private List<Integer> whileCalling(Runnable work) {
        var caller = caller();
        var token = Optional.of(token());
        var answers = new ArrayList<Integer>();
        var done = new AtomicBoolean();
        var calling = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                answers.add(caller.chat(token));
            }
        });
        work.run();
        done.set(true);
        await().atMost(Platform.LONG).until(() -> !calling.isAlive());
        return answers;
    }

    private void awaitSamplesReady() {
        await().atMost(Platform.LONG).until(() -> endpoints().stream().allMatch(HelmIT::isReady));
    }

    private static boolean isReady(SecurePredictionEndpoint endpoint) {
        return endpoint.getStatus() != null
                && Objects.equals(
                        endpoint.getStatus().observedGeneration(),
                        endpoint.getMetadata().getGeneration())
                && Conditions.isTrue(endpoint.getStatus().conditions(), ConditionType.Ready);
    }

    private List<SecurePredictionEndpoint> endpoints() {
        return platform.client()
                .resources(SecurePredictionEndpoint.class)
                .inAnyNamespace()
                .list()
                .getItems();
    }

    private SecurePredictionEndpoint endpoint() {
        return endpoints().stream()
                .filter(endpoint -> endpoint.getMetadata().getNamespace().equals(TEAM))
                .findFirst()
                .orElseThrow();
    }

    private String account() {
        return String.valueOf(
                Objects.requireNonNull(endpoint().getStatus().identity()).serviceAccount());
    }

    private Caller caller() {
        var gateway = Objects.requireNonNull(endpoint().getStatus().gateway());
        var address = sandbox.node().serviceAddress("prediction-gateways-acme-qa", String.valueOf(gateway.name()), "");
        return new Caller(address, String.valueOf(gateway.certificateAuthority()));
    }

    private String token() {
        return sandbox.issuer().token("analyst@example.com", Stage.AUDIENCE);
    }

    private Instant now() {
        return sandbox.cloud().state().clock().instant();
    }
}
