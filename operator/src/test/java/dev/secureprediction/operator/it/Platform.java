package dev.secureprediction.operator.it;

import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The platform team: installs the operator and makes environments. */
final class Platform {

    static final String SYSTEM = "secure-prediction-system";
    static final String OPERATOR = "secure-prediction-operator";

    /** Patience for a machine that builds other things meanwhile. */
    static final Duration LONG = Duration.ofMinutes(3);

    /** One that is paused does not go. */
    private static final Duration GOING = Duration.ofSeconds(30);

    private static final Map<Sandbox, Platform> INSTALLED = new ConcurrentHashMap<>();

    private final Sandbox sandbox;

    private Platform(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Of a sandbox in which nothing is installed yet. */
    static Platform of(Sandbox sandbox) {
        return new Platform(sandbox);
    }

    /** With the definitions and the operator installed, as an administrator does it, once for all classes of a sandbox. */
    static Platform installed(Sandbox sandbox) {
        return installed(sandbox, UnaryOperator.identity());
    }

    /** The same with another manifest of the operator, where none is installed yet. */
    static Platform installed(Sandbox sandbox, UnaryOperator<String> manifest) {
        return INSTALLED.computeIfAbsent(sandbox, bare -> install(bare, manifest));
    }

    private static Platform install(Sandbox sandbox, UnaryOperator<String> manifest) {
        var platform = new Platform(sandbox);
        Yaml.files(Yaml.ROOT.resolve("crds")).forEach(platform::apply);
        platform.apply(manifest.apply(read(Yaml.ROOT.resolve("operator/src/main/kubernetes/operator.yaml"))));
        platform.awaitOperator();
        StatusRecorder.start(sandbox);
        return platform;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    KubernetesClient client() {
        return sandbox.client();
    }

    void apply(Path file) {
        apply(read(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void apply(String yaml) {
        var documents = client().load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
        await().atMost(LONG)
                .ignoreExceptions() // a definition is served a moment after it was made
                .untilAsserted(() -> documents.forEach(this::applyOne));
    }

    private void applyOne(HasMetadata document) {
        client().resource(document).forceConflicts().serverSideApply();
    }

    /** Has a team's endpoints go when its test class is over: else their gateways take time from all classes after it. */
    void letGoAtLast(String namespace) {
        SandboxExtension.atLast("end of the endpoints of " + namespace, () -> {
            var endpoints = client().resources(SecurePredictionEndpoint.class).inNamespace(namespace);
            endpoints.delete();
            await().atMost(GOING).until(() -> endpoints.list().getItems().isEmpty());
        });
    }

    void scaleOperator(int replicas) {
        client().apps().deployments().inNamespace(SYSTEM).withName(OPERATOR).scale(replicas);
        await().atMost(LONG).until(() -> operatorPods().size() == replicas);
        if (replicas > 0) {
            awaitOperator();
        }
    }

    void awaitOperator() {
        await().atMost(LONG).until(() -> {
            var deployment = client().apps()
                    .deployments()
                    .inNamespace(SYSTEM)
                    .withName(OPERATOR)
                    .get();
            return deployment != null
                    && deployment.getStatus() != null
                    && Objects.equals(
                            deployment.getStatus().getReadyReplicas(),
                            deployment.getSpec().getReplicas());
        });
    }

    List<Pod> operatorPods() {
        return client().pods()
                .inNamespace(SYSTEM)
                .withLabel("app.kubernetes.io/name", OPERATOR)
                .list()
                .getItems();
    }

    /** What the operator counts, as Prometheus reads it. */
    String metrics() {
        var address = operatorPods().getFirst().getStatus().getPodIP();
        try (var in = URI.create("http://" + address + ":8080/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the operator's process as a crash does: without a word. */
    void killOperator() {
        operatorPods().forEach(pod -> processes(pod).forEach(ProcessHandle::destroyForcibly));
    }

    /**
     * The same with the replica that leads; its pod is made anew, so that no pause between crashes holds up the test.
     *
     * @param leaseIsOver whether its lease has run out by then; else the other replica waits for that
     * @return its lease's holder
     */
    String killLeader(boolean leaseIsOver) {
        var leader = leader();
        operatorPods().stream()
                .filter(pod -> leader.startsWith(pod.getMetadata().getName()))
                .forEach(pod -> {
                    processes(pod).forEach(process -> {
                        process.destroyForcibly();
                        process.onExit().join();
                    });
                    client().resource(pod).withGracePeriod(0).delete();
                });
        if (leaseIsOver) {
            client().leases().inNamespace(SYSTEM).withName(OPERATOR).edit(lease -> {
                lease.getSpec().setHolderIdentity("");
                return lease;
            });
        }
        return leader;
    }

    /** Who holds the operator's lease; empty while nobody does. */
    String leader() {
        return Optional.ofNullable(
                        client().leases().inNamespace(SYSTEM).withName(OPERATOR).get())
                .map(lease -> lease.getSpec().getHolderIdentity())
                .orElse("");
    }

    /** Swaps a file in the volumes of a pod, as somebody with its node in hand could. */
    void forge(Pod pod, String file, UnaryOperator<String> change) throws IOException {
        var home = sandbox.description()
                .folder()
                .resolve("pods")
                .resolve(pod.getMetadata().getNamespace())
                .resolve(pod.getMetadata().getName() + "-" + pod.getMetadata().getUid())
                .resolve("volumes");
        Path volume;
        try (var volumes = Files.list(home)) {
            volume = volumes.filter(found -> Files.exists(found.resolve(file)))
                    .findFirst()
                    .orElseThrow();
        }
        var forged = Files.createDirectory(volume.resolve("..forged"));
        try (var files = Files.list(volume.resolve("..data"))) {
            for (var found : files.toList()) {
                var text = Files.readString(found);
                var name = found.getFileName().toString();
                Files.writeString(forged.resolve(name), name.equals(file) ? change.apply(text) : text);
            }
        }
        var link = Files.createSymbolicLink(volume.resolve("..data_forged"), forged.getFileName());
        Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The processes of a pod, as the node wrote them down. */
    List<ProcessHandle> processes(Pod pod) {
        var uid = pod.getMetadata().getUid();
        try (var files = Files.list(sandbox.description().folder().resolve("processes"))) {
            return files.filter(file -> file.getFileName().toString().contains(uid))
                    .map(Platform::processId)
                    .flatMap(id -> ProcessHandle.of(id).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long processId(Path file) {
        try {
            return Long.parseLong(Files.readString(file).trim().split("\\s+", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
