package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.sandbox.TinyImage;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.cluster.Manifests;
import dev.secureprediction.sandbox.process.LoopbackRange;
import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.process.WorkFolder;
import dev.secureprediction.sandbox.tls.Authority;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/** A control plane and a node for one test class, with what its tests do all the time. */
final class TestNode implements AutoCloseable {

    private final WorkFolder workFolder;
    private final LoopbackRange addresses;
    private final ControlPlane cluster;
    private final Node node;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestNode(WorkFolder workFolder, LoopbackRange addresses, ControlPlane cluster, Node node) {
        this.workFolder = workFolder;
        this.addresses = addresses;
        this.cluster = cluster;
        this.node = node;
    }

    static TestNode start(UnaryOperator<NodeOptions> options, Path... moreImages) throws IOException {
        var log = LoggerFactory.getLogger(TestNode.class);
        var cache = UserCache.ofUser();
        var workFolder = WorkFolder.create(cache);
        var authority = Authority.create();
        var addresses = LoopbackRange.claim(cache);
        var cluster = ControlPlane.start(cache, workFolder, authority, log::info);
        List<Path> images = new ArrayList<>(List.of(moreImages));
        images.add(TinyImage.write(workFolder.folder("tiny")));
        var node = Node.start(
                cluster,
                authority,
                workFolder,
                addresses,
                ImageStore.of(images.toArray(Path[]::new)),
                options.apply(NodeOptions.defaults()));
        return new TestNode(workFolder, addresses, cluster, node);
    }

    ControlPlane cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return cluster.client();
    }

    Node node() {
        return node;
    }

    String namespace(String name) {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        await().until(() ->
                client().serviceAccounts().inNamespace(name).withName("default").get() != null);
        return name;
    }

    void apply(String namespace, String yaml) {
        var objects = client().load(
                        new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .items();
        objects.forEach(object -> object.getMetadata().setNamespace(namespace));
        new Manifests(client()).applyAll(objects);
    }

    /** A pod called tiny with one container, whose further lines are given, indented as under `containers`. */
    Pod runTiny(String namespace, String containerLines, String podLines) {
        apply(namespace, """
                apiVersion: v1
                kind: Pod
                metadata: {name: tiny, labels: {app: tiny}}
                spec:
                  terminationGracePeriodSeconds: 5
                %s
                  containers:
                  - name: main
                    image: registry.example.com/tiny:1
                    readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 1}
                %s
                """.formatted(
                podLines.indent(2).stripTrailing(), containerLines.indent(4).stripTrailing()));
        return awaitReady(namespace, "tiny");
    }

    Pod awaitReady(String namespace, String name) {
        return await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> client().pods()
                                .inNamespace(namespace)
                                .withName(name)
                                .get(),
                        pod -> pod.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True")));
    }

    Pod pod(String namespace, String name) {
        return client().pods().inNamespace(namespace).withName(name).get();
    }

    List<Pod> pods(String namespace) {
        return client().pods().inNamespace(namespace).list().getItems();
    }

    /** GET on port 8080 of a pod. */
    String get(Pod pod, String path) throws IOException, InterruptedException {
        return get(pod.getStatus().getPodIP() + ":8080", path);
    }

    String get(String authority, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + authority + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    @Override
    public void close() {
        node.close();
        cluster.close();
        addresses.close();
        workFolder.close();
    }
}
