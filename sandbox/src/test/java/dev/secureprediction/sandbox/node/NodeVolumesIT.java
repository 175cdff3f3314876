package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A container reads its volumes and variables as it would in a cluster. */
class NodeVolumesIT {

    private static final Duration REFRESH = Duration.ofSeconds(60);

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        // tokens are renewed at each refresh, so that a test sees one rotate
        node = TestNode.start(options -> options.withVolumeRefresh(REFRESH)
                .withTokenRefreshAfter(0)
                .withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-Dnode=1", "FROM_NODE", "yes")));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void variablesComeFromEverywhere() throws Exception {
        var namespace = node.namespace("variables");
        node.apply(namespace, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {level: high}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: hidden}
                stringData: {word: swordfish}
                """);

        var pod = node.runTiny(namespace, """
                args: ["--home=$(NAME)", "$$(NAME)", "/data/inner/file", "/database"]
                env:
                - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
                - {name: LEVEL, valueFrom: {configMapKeyRef: {name: settings, key: level}}}
                - {name: WORD, valueFrom: {secretKeyRef: {name: hidden, key: word}}}
                - {name: BOTH, value: "$(NAME)-$(LEVEL)-$(NOBODY)"}
                - {name: OVERRIDDEN, value: pod}
                - {name: FILE, value: /data/file}
                - {name: MEMORY, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
                resources: {limits: {memory: 64Mi}}
                volumeMounts: [{name: data, mountPath: /data}, {name: inner, mountPath: /data/inner}]
                """, "volumes: [{name: data, emptyDir: {}}, {name: inner, emptyDir: {}}]");

        assertThat(node.get(pod, "/env?ADDRESS")).isEqualTo(pod.getStatus().getPodIP());
        assertThat(node.get(pod, "/env?APP")).isEqualTo("tiny");
        assertThat(node.get(pod, "/env?LEVEL")).isEqualTo("high");
        assertThat(node.get(pod, "/env?WORD")).isEqualTo("swordfish");
        assertThat(node.get(pod, "/env?BOTH")).isEqualTo("tiny-high-$(NOBODY)");
        assertThat(node.get(pod, "/env?GREETING")).as("of the image").isEqualTo("hello");
        assertThat(node.get(pod, "/env?OVERRIDDEN")).isEqualTo("pod");
        assertThat(node.get(pod, "/env?FROM_NODE")).isEqualTo("yes");
        assertThat(node.get(pod, "/env?MEMORY")).isEqualTo("64");
        assertThat(node.get(pod, "/env?FILE")).endsWith("/volumes/data/file");
        assertThat(node.get(pod, "/arguments").lines().toList())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("--home=tiny"),
                        second -> assertThat(second).isEqualTo("$(NAME)"),
                        third -> assertThat(third).endsWith("/volumes/inner/file"),
                        fourth -> assertThat(fourth).isEqualTo("/database"));
    }

    @Test
    void aChangedConfigMapArrivesAtOnceWhenThePodIsTouched() throws Exception {
        var namespace = node.namespace("touched");
        configure(namespace, "old");
        var pod = runWithPolicy(namespace);
        assertThat(node.get(pod, "/file?POLICY")).isEqualTo("old");

        configure(namespace, "new");
        assertThat(node.get(pod, "/file?POLICY")).as("not by itself yet").isEqualTo("old");
        node.cluster()
                .kubectl("annotate", "pod", "tiny", "-n", namespace, "secureprediction.dev/policy-touched=2")
                .orThrow();

        await().atMost(REFRESH.dividedBy(4))
                .untilAsserted(() -> assertThat(node.get(pod, "/file?POLICY")).isEqualTo("new"));
        assertThat(node.pod(namespace, "tiny")
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getRestartCount())
                .as("the process went on")
                .isZero();
    }

    @Test
    void aMissingConfigMapHoldsThePodUntilItComes() throws Exception {
        var namespace = node.namespace("late");
        node.apply(namespace, policyPod());
        await().untilAsserted(() -> assertThat(node.cluster()
                        .kubectl("get", "events", "-n", namespace, "-o", "jsonpath={.items[*].reason}")
                        .orThrow())
                .contains("FailedMount"));
        assertThat(node.pod(namespace, "tiny").getStatus().getPhase()).isEqualTo("Pending");

        configure(namespace, "there");

        var pod = node.awaitReady(namespace, "tiny");
        assertThat(node.get(pod, "/file?POLICY")).isEqualTo("there");
    }

    @Test
    void aProjectedTokenIsValidForItsAudienceAndRotates() throws Exception {
        var namespace = node.namespace("tokens");
        var pod = node.runTiny(namespace, """
                env:
                - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                - {name: TOKEN, value: /var/run/secrets/spe/federation/token}
                volumeMounts: [{name: federation, mountPath: /var/run/secrets/spe/federation}]
                """, """
                volumes:
                - name: federation
                  projected: {sources: [{serviceAccountToken: {audience: "api://cloud", expirationSeconds: 900, path: token}}]}
                """);
        var first = SignedJWT.parse(node.get(pod, "/file?TOKEN")).getJWTClaimsSet();
        assertThat(first.getIssuer()).isEqualTo(ControlPlane.ISSUER);
        assertThat(first.getAudience()).containsExactly("api://cloud");
        assertThat(first.getSubject()).isEqualTo("system:serviceaccount:" + namespace + ":default");
        assertThat(first.getExpirationTime().toInstant()).isAfter(Instant.now());
        assertThat(first.getJSONObjectClaim("kubernetes.io").get("pod"))
                .as("bound to the pod")
                .isEqualTo(Map.of("name", "tiny", "uid", pod.getMetadata().getUid()));

        node.cluster()
                .kubectl("annotate", "pod", "tiny", "-n", namespace, "touched=1")
                .orThrow();

        await().untilAsserted(() -> assertThat(SignedJWT.parse(node.get(pod, "/file?TOKEN"))
                        .getJWTClaimsSet()
                        .getJWTID())
                .isNotEqualTo(first.getJWTID()));
    }

    @Test
    void aPodWithAnAccountReachesTheApiServerAsThatAccount() throws Exception {
        var namespace = node.namespace("incluster");
        var pod = node.runTiny(namespace, """
                env:
                - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                - {name: TOKEN, value: /var/run/secrets/kubernetes.io/serviceaccount/token}
                """, "");

        // what fabric8 and kubectl find in the container's environment
        var kubeconfig = node.get(pod, "/env?KUBECONFIG");
        var whoami = node.cluster()
                .kubectl("--kubeconfig", kubeconfig, "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}")
                .orThrow();
        assertThat(whoami).isEqualTo("system:serviceaccount:" + namespace + ":default");
        assertThat(java.nio.file.Path.of(node.get(pod, "/env?KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN")))
                .hasContent(node.get(pod, "/file?TOKEN"));
        assertThat(node.get(pod, "/env?KUBERNETES_SERVICE_HOST")).isEqualTo("127.0.0.1");
    }

    private static void configure(String namespace, String policy) {
        node.apply(namespace, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: policy}
                data: {policy.json: "%s"}
                """.formatted(policy));
    }

    private static Pod runWithPolicy(String namespace) {
        node.apply(namespace, policyPod());
        return node.awaitReady(namespace, "tiny");
    }

    private static String policyPod() {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: tiny}
                spec:
                  terminationGracePeriodSeconds: 5
                  volumes: [{name: policy, configMap: {name: policy}}]
                  containers:
                  - name: main
                    image: tiny
                    readinessProbe: {httpGet: {path: /healthz, port: 8080}, periodSeconds: 1}
                    volumeMounts: [{name: policy, mountPath: /etc/spe/policy}]
                    env:
                    - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                    - {name: POLICY, value: /etc/spe/policy/policy.json}
                """;
    }
}
