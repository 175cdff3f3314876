package dev.secureprediction.bench.operator;

import dev.secureprediction.bench.CpuClock;
import dev.secureprediction.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The operator's process, as the sandbox's node runs it. */
final class OperatorProcess implements AutoCloseable {
    private static final String NAMESPACE = "secure-prediction-system";
    private static final String NAME = "secure-prediction-operator";

    private final Sandbox sandbox;
    private final Thread sampler;
    private volatile double most;
    private volatile double last;

    OperatorProcess(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.sampler = Thread.ofPlatform().daemon().name("memory").start(this::sample);
    }

    Optional<ProcessHandle> process() {
        List<Pod> pods = sandbox.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel(HollowPods.NAME_LABEL, NAME)
                .list()
                .getItems();
        return pods.stream().flatMap(pod -> processes(pod).stream()).findFirst();
    }

    private List<ProcessHandle> processes(Pod pod) {
        Path folder = sandbox.description().folder().resolve("processes");
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .contains(pod.getMetadata().getUid()))
                    .map(OperatorProcess::id)
                    .flatMap(id -> ProcessHandle.of(id).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long id(Path file) {
        try {
            return Long.parseLong(Files.readString(file).trim().split("\\s+", 2)[0]);
        } catch (IOException e) {
            return -1; // ended meanwhile
        }
    }

    boolean ready() {
        var deployment = sandbox.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
        return deployment != null
                && deployment.getStatus() != null
                && Integer.valueOf(1).equals(deployment.getStatus().getReadyReplicas());
    }

    /** Resident MiB: now, and the most so far. */
    String memory() {
        return Math.round(last) + " (most " + Math.round(most) + ")";
    }

    private void sample() {
        Optional<ProcessHandle> process = Optional.empty();
        try {
            while (true) {
                Thread.sleep(1_000);
                if (process.filter(ProcessHandle::isAlive).isEmpty()) {
                    process = process();
                }
                process.ifPresent(found -> {
                    last = resident(found.pid());
                    most = Math.max(most, last);
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double resident(long pid) {
        try {
            return CpuClock.residentMebibytes(pid);
        } catch (UncheckedIOException e) {
            return 0; // ended meanwhile
        }
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
