package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.node.ContainerPhase.Running;
import dev.secureprediction.sandbox.node.ContainerPhase.Terminated;
import dev.secureprediction.sandbox.node.ContainerPhase.Waiting;
import dev.secureprediction.sandbox.process.ChildProcess;
import dev.secureprediction.sandbox.process.ProcessSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts one container of a pod, and again when it ends. Called by the pod's worker only. */
final class ContainerRunner {

    private static final Duration CONFIG_RETRY = Duration.ofSeconds(2);

    private final NodeContext node;
    private final Container container;
    private final HttpClient http;
    private final Consumer<PodEvent> inbox;
    private final PodEvents events;
    private final BackOff crashes;
    private final BackOff pulls;
    private ContainerPhase phase = new Waiting("ContainerCreating", "", Instant.EPOCH);
    private Optional<ContainerState> last = Optional.empty();
    private int runs;
    private boolean ready;
    private boolean started;
    private boolean terminating;

    ContainerRunner(
            NodeContext node, Container container, HttpClient http, Consumer<PodEvent> inbox, PodEvents events) {
        this.node = node;
        this.container = container;
        this.http = http;
        this.inbox = inbox;
        this.events = events;
        this.crashes = new BackOff(node.options().restartBackOff());
        this.pulls = new BackOff(node.options().restartBackOff());
    }

    String name() {
        return container.getName();
    }

    ContainerPhase phase() {
        return phase;
    }

    boolean ready() {
        return ready;
    }

    /** When {@link #advance} wants to be called again; empty: only after an event. */
    Optional<Instant> due() {
        return phase instanceof Waiting waiting && !terminating ? Optional.of(waiting.retryAt()) : Optional.empty();
    }

    /** Starts the container when it is due. */
    void advance(Pod pod, PodHome home, Instant now) {
        if (terminating || !(phase instanceof Waiting waiting) || now.isBefore(waiting.retryAt())) {
            return;
        }
        try {
            start(pod, home, now);
        } catch (StartException e) {
            events.warning(pod, e.reason().equals("ErrImagePull") ? "Failed" : e.reason(), e.detail());
            phase = e.reason().equals("ErrImagePull")
                    ? pullBackOff(waiting, e, now)
                    : new Waiting(e.reason(), e.detail(), now.plus(CONFIG_RETRY));
        }
    }

    /** A kubelet says ErrImagePull when it has just failed, ImagePullBackOff while it waits. */
    private Waiting pullBackOff(Waiting before, StartException failure, Instant now) {
        if (!before.reason().equals("ErrImagePull")) {
            return new Waiting("ErrImagePull", failure.detail(), now.plusSeconds(1));
        }
        return new Waiting(
                "ImagePullBackOff",
                "Back-off pulling image \"" + container.getImage() + "\": ErrImagePull: " + failure.detail(),
                now.plus(pulls.next()));
    }

    private void start(Pod pod, PodHome home, Instant now) throws StartException {
        var command = new ContainerCommands(node).command(pod, container, home);
        var log = PodHome.log(node, pod, name(), runs);
        var uid = pod.getMetadata().getUid();
        var run = runs;
        ChildProcess process;
        try {
            process = ChildProcess.start(
                    new ProcessSpec(
                            name() + "-" + uid,
                            command.command(),
                            command.environment(),
                            command.directory(),
                            log,
                            node.workFolder().processes()),
                    code -> inbox.accept(new PodEvent.Exited(name(), run, code)));
        } catch (SandboxException e) {
            throw new StartException("CreateContainerError", String.valueOf(e.getMessage()));
        }
        runs++;
        started = container.getStartupProbe() == null;
        ready = started && container.getReadinessProbe() == null;
        phase = new Running(process, Prober.start(container, run, home.address(), http, inbox), now);
        events.normal(pod, "Started", "Started container " + name());
    }

    /** Decides whether and when the container starts again. */
    void exited(Pod pod, PodEvent.Exited event, Instant now) {
        if (!(phase instanceof Running running) || event.run() != runs - 1) {
            return;
        }
        running.prober().close();
        ready = false;
        started = false;
        var ended = new Terminated(event.exitCode(), running.startedAt(), now);
        var policy = pod.getSpec().getRestartPolicy();
        var again = !terminating && !"Never".equals(policy) && !("OnFailure".equals(policy) && event.exitCode() == 0);
        if (!again) {
            phase = ended;
            return;
        }
        last = Optional.of(ended.state());
        var pause = crashes.after(Duration.between(running.startedAt(), now));
        phase = pause.isZero()
                ? new Waiting("ContainerCreating", "", now)
                : new Waiting(
                        "CrashLoopBackOff",
                        "back-off " + pause.toSeconds() + "s restarting failed container=" + name() + " pod="
                                + pod.getMetadata().getName(),
                        now.plus(pause));
        if (!pause.isZero()) {
            events.warning(pod, "BackOff", "Back-off restarting failed container " + name());
        }
    }

    void probed(Pod pod, PodEvent.Probed event) {
        if (!(phase instanceof Running running) || event.run() != runs - 1) {
            return;
        }
        if (!event.success()) {
            events.warning(pod, "Unhealthy", event.kind().title() + " probe failed: " + event.message());
        }
        switch (event.kind()) {
            case READINESS -> ready = event.success();
            case STARTUP -> {
                started = event.success();
                ready = started && container.getReadinessProbe() == null;
                killUnless(event.success(), pod, running);
            }
            case LIVENESS -> killUnless(event.success(), pod, running);
        }
    }

    private void killUnless(boolean healthy, Pod pod, Running running) {
        if (!healthy && !terminating) {
            events.normal(pod, "Killing", "Container " + name() + " failed a probe, will be restarted");
            stopAside(running, grace(pod));
        }
    }

    /** Ends the container for good: preStop's sleep, SIGTERM, and SIGKILL when the grace is over. */
    void terminate(Pod pod, Duration grace) {
        if (terminating) {
            return;
        }
        terminating = true;
        if (phase instanceof Running running) {
            events.normal(pod, "Killing", "Stopping container " + name());
            var pause = PreStop.of(container).compareTo(grace) < 0 ? PreStop.of(container) : grace;
            Thread.ofVirtual().name("stop-" + name()).start(() -> {
                PreStop.sleep(pause, running.process());
                running.process().stop(grace.minus(pause));
            });
        } else if (phase instanceof Waiting) {
            phase = new Terminated(0, Instant.now(), Instant.now());
        }
    }

    /** Ends the container at once, without a word. */
    void kill() {
        terminating = true;
        if (phase instanceof Running running) {
            running.prober().close();
            running.process().kill();
        }
    }

    private static void stopAside(Running running, Duration grace) {
        Thread.ofVirtual().start(() -> running.process().stop(grace));
    }

    private static Duration grace(Pod pod) {
        return Duration.ofSeconds(Optional.ofNullable(pod.getSpec().getTerminationGracePeriodSeconds())
                .orElse(30L));
    }

    ContainerStatus status() {
        var image = node.images().find(container.getImage());
        return new ContainerStatusBuilder()
                .withName(name())
                .withImage(container.getImage())
                .withImageID(
                        image.map(found -> found.name() + "@" + found.digest()).orElse(""))
                .withContainerID(runs == 0 ? null : "sandbox://" + name() + "-" + (runs - 1))
                .withReady(ready)
                .withStarted(started && phase instanceof Running)
                .withRestartCount(Math.max(0, runs - 1))
                .withState(phase.state())
                .withLastState(last.orElse(new ContainerState()))
                .build();
    }
}
