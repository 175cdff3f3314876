package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pods and node do without the API server, and quietly. */
class NodeResilienceIT {

    private static final String ENVIRONMENT = """
            env: [{name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
            """;

    @TempDir
    private static Path client;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(client.resolve("image.json"), """
                {"name": "client", "entrypoint": ["java", "-XX:TieredStopAtLevel=1", "-cp", "%s", "%s"]}
                """.formatted(
                        System.getProperty("java.class.path"), ClusterClient.class.getName()));
        node = TestNode.start(
                options -> options.withRestartBackOff(Duration.ofSeconds(1)).withVolumeRefresh(Duration.ofSeconds(2)),
                client);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void podsServeOnWhileTheApiServerIsAwayAndAreKeptAfterIt() throws Exception {
        var namespace = node.namespace("away");
        var pod = node.runTiny(namespace, ENVIRONMENT, "");

        node.cluster().killApiServer();
        assertThat(node.get(pod, "/healthz")).isEqualTo("ok");
        crash(pod);
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> node.get(pod, "/healthz").equals("ok"));
        node.cluster().restartApiServer();

        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(node.pod(namespace, "tiny")
                                .getStatus()
                                .getContainerStatuses()
                                .getFirst()
                                .getRestartCount())
                        .isEqualTo(1));
        node.client().pods().inNamespace(namespace).withName("tiny").delete();
        await().atMost(Duration.ofSeconds(60)).until(() -> node.pod(namespace, "tiny") == null);
    }

    @Test
    void aSettledPodCausesNoWrites() {
        var namespace = node.namespace("quiet");
        var pod = node.runTiny(namespace, ENVIRONMENT, "");
        var mark = node.cluster().audit().mark();

        // several probes later
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> node.cluster().audit().since(mark).stream()
                        .filter(request ->
                                request.mutating() && request.namespace().equals(namespace))
                        .findAny()
                        .isEmpty());
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    }

    @Test
    void aChangedConfigMapArrivesByItselfInTime() throws Exception {
        var namespace = node.namespace("refreshed");
        var settings = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {level: "%s"}
                """;
        node.apply(namespace, settings.formatted("low"));
        var pod = node.runTiny(namespace, """
                env:
                - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                - {name: LEVEL, value: /etc/settings/level}
                volumeMounts: [{name: settings, mountPath: /etc/settings}]
                """, "volumes: [{name: settings, configMap: {name: settings}}]");
        assertThat(node.get(pod, "/file?LEVEL")).isEqualTo("low");

        node.apply(namespace, settings.formatted("high"));

        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(node.get(pod, "/file?LEVEL")).isEqualTo("high"));
    }

    @Test
    void aClientConfiguresItselfFromWhereItRuns() {
        var namespace = node.namespace("inside");
        node.apply(namespace, """
                apiVersion: v1
                kind: Pod
                metadata: {name: client}
                spec: {restartPolicy: Never, containers: [{name: main, image: client}]}
                """);

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(
                                node.pod(namespace, "client").getStatus().getPhase())
                        .isEqualTo("Succeeded"));
        assertThat(node.cluster().kubectl("logs", "client", "-n", namespace).orThrow())
                .contains("I am system:serviceaccount:" + namespace + ":default in " + namespace);
    }

    private static void crash(Pod pod) throws Exception {
        try {
            node.get(pod, "/crash?9");
        } catch (java.io.IOException expected) {
            // the answer died with the process
        }
    }
}
