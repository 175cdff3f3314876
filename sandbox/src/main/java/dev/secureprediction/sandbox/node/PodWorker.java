package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.node.ContainerPhase.Terminated;
import dev.secureprediction.sandbox.node.volume.MountException;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one pod: a thread that hears events and does what is due. All state belongs to that thread. */
final class PodWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final NodeContext node;
    private final PodEvents events;
    private final PodStatusWriter statusWriter;
    private final LinkedBlockingQueue<PodEvent> inbox = new LinkedBlockingQueue<>();
    private final List<ContainerRunner> containers;
    private final Runnable whenDone;
    private Pod pod;
    private Optional<PodHome> home = Optional.empty();
    private Instant volumesDue = Instant.EPOCH;
    private boolean mounted;
    private boolean done;

    PodWorker(NodeContext node, Pod pod, HttpClient http, Runnable whenDone) {
        this.node = node;
        this.pod = pod;
        this.whenDone = whenDone;
        this.events = new PodEvents(node);
        this.statusWriter = new PodStatusWriter(node);
        this.containers = pod.getSpec().getContainers().stream()
                .map(container -> new ContainerRunner(node, container, http, inbox::add, events))
                .toList();
    }

    void tell(PodEvent event) {
        inbox.add(event);
    }

    @Override
    public void run() {
        try {
            while (!done) {
                var due = step();
                var event = inbox.poll(
                        Math.max(0, Duration.between(Instant.now(), due).toMillis()), TimeUnit.MILLISECONDS);
                if (event != null) {
                    handle(event);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            containers.forEach(ContainerRunner::kill);
            home.ifPresent(PodHome::close);
            whenDone.run();
        }
    }

    private void handle(PodEvent event) {
        var now = Instant.now();
        switch (event) {
            case PodEvent.Updated updated -> {
                if (!annotations(updated.pod()).equals(annotations(pod))) {
                    volumesDue = now;
                }
                pod = updated.pod();
            }
            case PodEvent.Exited exited ->
                containers.stream()
                        .filter(container -> container.name().equals(exited.container()))
                        .forEach(container -> container.exited(pod, exited, now));
            case PodEvent.Probed probed ->
                containers.stream()
                        .filter(container -> container.name().equals(probed.container()))
                        .forEach(container -> container.probed(pod, probed));
            case PodEvent.Removed removed -> done = true;
            case PodEvent.NodeStops stops -> done = true;
        }
    }

    /** Does what is due now; returns when to look again though nothing happens. */
    private Instant step() {
        var now = Instant.now();
        if (done) {
            return now;
        }
        try {
            var refusal = Refusals.of(pod);
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                terminate();
            } else if (refusal.isEmpty()) {
                advance(now);
            }
            if (!done) {
                statusWriter.write(pod, home.map(PodHome::address), containers, refusal);
            }
        } catch (KubernetesClientException e) {
            // the pod was removed, or the API server is away
            LOG.debug("pod {}: {}", pod.getMetadata().getName(), e.getMessage());
            return now.plus(RETRY);
        } catch (SandboxException e) {
            LOG.warn("pod {} waits: {}", pod.getMetadata().getName(), e.getMessage());
            return now.plus(RETRY);
        }
        return containers.stream()
                .map(ContainerRunner::due)
                .flatMap(Optional::stream)
                .filter(due -> mounted)
                .reduce(volumesDue, (one, other) -> one.isBefore(other) ? one : other);
    }

    private void advance(Instant now) {
        var place = home.orElseGet(() -> PodHome.open(node, pod));
        home = Optional.of(place);
        if (!now.isBefore(volumesDue)) {
            syncVolumes(place, now);
        }
        if (mounted) {
            containers.forEach(container -> container.advance(pod, place, now));
        }
    }

    private void syncVolumes(PodHome place, Instant now) {
        try {
            place.volumes().sync(place.fields(pod));
            mounted = true;
            var refresh = node.options().volumeRefresh().toMillis();
            volumesDue = now.plusMillis(refresh + ThreadLocalRandom.current().nextLong(refresh / 2 + 1));
        } catch (MountException e) {
            events.warning(pod, "FailedMount", String.valueOf(e.getMessage()));
            volumesDue = now.plus(RETRY);
        }
    }

    private void terminate() {
        var grace =
                Duration.ofSeconds(Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 30L));
        containers.forEach(container -> container.terminate(pod, grace));
        volumesDue = Instant.now().plus(RETRY);
        if (containers.stream().allMatch(container -> container.phase() instanceof Terminated)) {
            statusWriter.write(pod, home.map(PodHome::address), containers, Optional.empty());
            confirmDeletion();
            done = true;
        }
    }

    private void confirmDeletion() {
        var meta = pod.getMetadata();
        var options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withGracePeriodSeconds(0L)
                .withNewPreconditions()
                .withUid(meta.getUid())
                .endPreconditions()
                .build();
        node.client().raw("/api/v1/namespaces/" + meta.getNamespace() + "/pods/" + meta.getName(), "DELETE", options);
    }

    private static Map<String, String> annotations(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    }
}
