package dev.secureprediction.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.sandbox.cluster.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Cluster, cloud and issuer together. */
class SandboxIT {

    private static final String ACCOUNTS = "/fetch?/computeMetadata/v1/instance/service-accounts/default/";

    @TempDir
    private static Path images;

    private static Sandbox sandbox;

    @BeforeAll
    static void start() throws Exception {
        var log = LoggerFactory.getLogger(SandboxIT.class);
        var begin = System.nanoTime();
        var steps = new ConcurrentLinkedQueue<String>();
        sandbox = Sandbox.start(SandboxOptions.withImages(TinyImage.write(images)), new StartListener() {
            @Override
            public void progress(String what) {
                log.info(what);
            }

            @Override
            public void finished(String step, Duration took) {
                steps.add(step + " " + took.toMillis() + " ms");
            }
        });
        log.info("sandbox ready in {} ms: {}", (System.nanoTime() - begin) / 1_000_000, steps);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void aPodIsItsGoogleAccount() throws Exception {
        // given: the account that the seed lets the operator's pods be
        var pod = run("secure-prediction-system", "secure-prediction-operator", """
                annotations: {iam.gke.io/gcp-service-account: secure-prediction-operator@acme-platform.iam.gserviceaccount.com}
                """);

        assertThat(get(pod, ACCOUNTS + "email"))
                .isEqualTo("200 secure-prediction-operator@acme-platform.iam.gserviceaccount.com");
        var answer = get(pod, ACCOUNTS + "token");
        assertThat(answer).startsWith("200 ");
        var token = new ObjectMapper()
                .readTree(answer.substring(4))
                .path("access_token")
                .asText();

        // then: the cloud knows the bearer, who may be the environment's operator
        assertThat(impersonate(token, "spe-operator@acme-ml-qa.iam.gserviceaccount.com"))
                .isEqualTo(200);
        assertThat(impersonate(token, "secure-prediction-operator@acme-platform.iam.gserviceaccount.com"))
                .isEqualTo(403);
    }

    @Test
    void aPodMayNotBeWhomItOnlyClaimsToBe() throws Exception {
        var pod = run("impostors", "impostor", """
                annotations: {iam.gke.io/gcp-service-account: spe-operator@acme-ml-production.iam.gserviceaccount.com}
                """);

        assertThat(get(pod, ACCOUNTS + "token")).startsWith("403 ");
    }

    @Test
    void anotherTerminalFindsIt() {
        assertThat(Sandbox.running())
                .filteredOn(running -> running.id().equals(sandbox.description().id()))
                .singleElement()
                .satisfies(running -> {
                    assertThat(running).isEqualTo(sandbox.description());
                    assertThat(running.kubeconfig()).exists();
                    assertThat(running.trustStore()).exists();
                    assertThat(running.issuer()).startsWith("https://127.0.0.1:");
                });
    }

    @Test
    void twoAtOnceDoNotCollide() throws Exception {
        try (var second = Sandbox.start(SandboxOptions.withImages(images), StartListener.silent())) {
            var here = run(sandbox, "twins", "default", "annotations: {}");
            var there = run(second, "twins", "default", "annotations: {}");

            assertThat(get(here, "/env?ADDRESS")).isEqualTo(here.getStatus().getPodIP());
            assertThat(get(there, "/env?ADDRESS")).isEqualTo(there.getStatus().getPodIP());
            assertThat(here.getStatus().getPodIP())
                    .isNotEqualTo(there.getStatus().getPodIP());
        }
    }

    private static int impersonate(String token, String email) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("https://" + sandbox.cloud().authority() + "/v1/projects/-/serviceAccounts/" + email
                                + ":generateAccessToken"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"scope\":[\"https://www.googleapis.com/auth/cloud-platform\"]}"))
                .build();
        try (var http = HttpClient.newBuilder()
                .sslContext(sandbox.authority().clientContext())
                .build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static Pod run(String namespace, String account, String annotations) {
        return run(sandbox, namespace, account, annotations);
    }

    private static Pod run(Sandbox sandbox, String namespace, String account, String annotations) {
        var client = sandbox.client();
        var yaml = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: %2$s
                  namespace: %1$s
                  %3$s
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: tiny, namespace: %1$s}
                spec:
                  serviceAccountName: %2$s
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: main
                    image: tiny
                    readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 1}
                    env: [{name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
                """.formatted(namespace, account, annotations.strip());
        new Manifests(client)
                .applyAll(client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                        .items());
        return await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> client.pods()
                                .inNamespace(namespace)
                                .withName("tiny")
                                .get(),
                        pod -> pod.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True")));
    }

    private static String get(Pod pod, String path) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + pod.getStatus().getPodIP() + ":8080" + path))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
