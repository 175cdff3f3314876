package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pods live and die as the real controllers want it. */
class NodeLifecycleIT {

    private static final String ADDRESS = """
            env: [{name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
            """;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
              template:
                metadata: {labels: {app: web}, annotations: {revision: "%s"}}
                spec:
                  terminationGracePeriodSeconds: 5
                  containers:
                  - name: main
                    image: tiny
                    env: [{name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
                    ports: [{name: http, containerPort: 8080}]
                    readinessProbe: {httpGet: {path: /readyz, port: http}, periodSeconds: 1, failureThreshold: 1}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
            """;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(options -> options.withRestartBackOff(Duration.ofSeconds(1)));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aDeploymentBecomesAvailableAndRollsWithoutLosingAReplica() throws Exception {
        var namespace = node.namespace("rolling");
        node.apply(namespace, DEPLOYMENT.formatted("1"));
        awaitAvailable(namespace);
        var before = names(namespace);

        node.apply(namespace, DEPLOYMENT.formatted("2"));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var status = node.client()
                    .apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withName("web")
                    .get()
                    .getStatus();
            assertThat(status.getAvailableReplicas()).isGreaterThanOrEqualTo(2);
            assertThat(names(namespace)).hasSize(2).doesNotContainAnyElementsOf(before);
        });
        var service = node.node().serviceAddress(namespace, "web", "http");
        assertThat(node.get(service.getHostString() + ":" + service.getPort(), "/healthz"))
                .isEqualTo("ok");
    }

    @Test
    void anUnreadyPodLeavesItsService() throws Exception {
        var namespace = node.namespace("unready");
        node.apply(namespace, DEPLOYMENT.formatted("1"));
        awaitAvailable(namespace);
        var service = node.node().serviceAddress(namespace, "web", "");
        var authority = service.getHostString() + ":" + service.getPort();
        var sick = node.pods(namespace).getFirst();

        node.get(sick, "/unready");

        await().until(() -> !isReady(node.pod(namespace, sick.getMetadata().getName())));
        var other = node.pods(namespace).stream()
                .filter(pod ->
                        !pod.getMetadata().getName().equals(sick.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
        for (var request = 0; request < 4; request++) {
            assertThat(node.get(authority, "/env?ADDRESS"))
                    .isEqualTo(other.getStatus().getPodIP());
        }
    }

    @Test
    void aKilledProcessIsNoticedAndRestarted() throws Exception {
        var namespace = node.namespace("killed");
        var pod = node.runTiny(namespace, ADDRESS, "");

        // a halt leaves no shutdown hook time, as SIGKILL does
        try {
            node.get(pod, "/crash?137");
        } catch (java.io.IOException expected) {
            // the answer died with the process
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var status = container(node.pod(namespace, "tiny"));
            assertThat(status.getRestartCount()).isEqualTo(1);
            assertThat(status.getReady()).isTrue();
            assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(137);
        });
        assertThat(node.cluster()
                        .kubectl("logs", "tiny", "-n", namespace, "--previous")
                        .orThrow())
                .contains("listening on " + pod.getStatus().getPodIP());
    }

    @Test
    void aContainerThatAlwaysCrashesBacksOff() {
        var namespace = node.namespace("crashing");
        node.apply(namespace, """
                apiVersion: v1
                kind: Pod
                metadata: {name: crasher}
                spec: {containers: [{name: main, image: tiny, args: [crash]}]}
                """);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var status = container(node.pod(namespace, "crasher"));
            assertThat(status.getState().getWaiting()).isNotNull();
            assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
            assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(3);
            assertThat(status.getRestartCount()).isGreaterThanOrEqualTo(1);
        });
    }

    @Test
    void anUnknownImageCannotBePulled() {
        var namespace = node.namespace("unpulled");
        node.apply(namespace, """
                apiVersion: v1
                kind: Pod
                metadata: {name: stranger}
                spec: {containers: [{name: main, image: "registry.example.com/stranger:2"}]}
                """);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var waiting = container(node.pod(namespace, "stranger")).getState().getWaiting();
            assertThat(waiting).isNotNull();
            assertThat(waiting.getReason()).isEqualTo("ImagePullBackOff");
            assertThat(waiting.getMessage()).contains("stranger", "[tiny]");
        });
    }

    @Test
    void whatTheNodeCannotDoIsRefusedByName() {
        var namespace = node.namespace("refused");
        node.apply(namespace, """
                apiVersion: v1
                kind: Pod
                metadata: {name: initial}
                spec: {initContainers: [{name: first, image: tiny}], containers: [{name: main, image: tiny}]}
                """);

        await().untilAsserted(() -> assertThat(
                        node.pod(namespace, "initial").getStatus().getMessage())
                .contains("init containers"));
    }

    @Test
    void aDeletedPodIsToldAndItsProcessEnds() throws Exception {
        var namespace = node.namespace("deleted");
        var pod = node.runTiny(namespace, ADDRESS, "");
        var log = node.cluster().kubectl("logs", "tiny", "-n", namespace).orThrow();
        assertThat(log).contains("listening on " + pod.getStatus().getPodIP());

        node.client().pods().inNamespace(namespace).withName("tiny").delete();

        await().atMost(Duration.ofSeconds(20)).until(() -> node.pod(namespace, "tiny") == null);
        assertThatThrownBy(() -> node.get(pod, "/healthz")).isInstanceOf(java.io.IOException.class);
    }

    private static void awaitAvailable(String namespace) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(node.client()
                                .apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName("web")
                                .get()
                                .getStatus()
                                .getAvailableReplicas())
                        .isEqualTo(2));
    }

    private static Set<String> names(String namespace) {
        return node.pods(namespace).stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static boolean isReady(Pod pod) {
        return container(pod).getReady();
    }

    private static ContainerStatus container(Pod pod) {
        assertThat(pod.getStatus().getContainerStatuses()).isNotEmpty();
        return pod.getStatus().getContainerStatuses().getFirst();
    }
}
