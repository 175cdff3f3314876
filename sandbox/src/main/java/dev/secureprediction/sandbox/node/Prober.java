package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Probes one run of a container, each kind on a virtual thread of its own; reports a verdict when it changes. */
final class Prober implements AutoCloseable {

    private final Container container;
    private final int run;
    private final ProbeRequest request;
    private final Consumer<PodEvent> listener;
    private final CountDownLatch started = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private Prober(Container container, int run, ProbeRequest request, Consumer<PodEvent> listener) {
        this.container = container;
        this.run = run;
        this.request = request;
        this.listener = listener;
    }

    static Prober start(Container container, int run, String address, HttpClient http, Consumer<PodEvent> listener) {
        var prober = new Prober(container, run, new ProbeRequest(http, container, address), listener);
        prober.begin(ProbeKind.STARTUP, container.getStartupProbe());
        if (container.getStartupProbe() == null) {
            prober.started.countDown();
        }
        prober.begin(ProbeKind.READINESS, container.getReadinessProbe());
        prober.begin(ProbeKind.LIVENESS, container.getLivenessProbe());
        return prober;
    }

    /** Probes that this node cannot do. */
    static Optional<String> refusal(Container container) {
        for (var probe :
                new Probe[] {container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe()
                }) {
            if (probe != null && probe.getHttpGet() == null && probe.getTcpSocket() == null) {
                return Optional.of("a probe by exec or gRPC (only httpGet and tcpSocket)");
            }
        }
        return Optional.empty();
    }

    private void begin(ProbeKind kind, @org.jspecify.annotations.Nullable Probe probe) {
        if (probe != null) {
            threads.add(Thread.ofVirtual()
                    .name(container.getName() + "-" + kind.title())
                    .start(() -> loop(kind, probe)));
        }
    }

    private void loop(ProbeKind kind, Probe probe) {
        try {
            if (kind != ProbeKind.STARTUP) {
                started.await();
            }
            Thread.sleep(seconds(probe.getInitialDelaySeconds(), 0));
            var streak = new Streak(
                    Optional.ofNullable(probe.getSuccessThreshold()).orElse(1),
                    Optional.ofNullable(probe.getFailureThreshold()).orElse(3));
            while (true) {
                var failure = request.ask(probe);
                if (streak.add(failure.isEmpty())) {
                    listener.accept(
                            new PodEvent.Probed(container.getName(), run, kind, failure.isEmpty(), failure.orElse("")));
                    if (kind == ProbeKind.STARTUP) {
                        started.countDown();
                        return;
                    }
                }
                Thread.sleep(seconds(probe.getPeriodSeconds(), 10));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration seconds(@org.jspecify.annotations.Nullable Integer value, int otherwise) {
        return Duration.ofSeconds(value == null ? otherwise : value);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    /** Counts equal results in a row; used by one thread. */
    private static final class Streak {

        private final int successes;
        private final int failures;
        private boolean last;
        private int length;

        Streak(int successes, int failures) {
            this.successes = successes;
            this.failures = failures;
        }

        /** Whether this result makes the verdict. */
        boolean add(boolean success) {
            length = success == last || length == 0 ? length + 1 : 1;
            last = success;
            return length == (success ? successes : failures);
        }
    }
}
