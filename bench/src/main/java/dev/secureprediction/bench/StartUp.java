package dev.secureprediction.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** How long a process takes from its start to its first answer, and how the first calls fare. */
final class StartUp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Requests requests;
    private final Report report;

    StartUp(Requests requests, Report report) {
        this.requests = requests;
        this.report = report;
    }

    /**
     * Starts it, waits for its first 200, and sends 300 calls in three seconds.
     *
     * @param starting starts the process and returns once it listens
     */
    void measure(Supplier<? extends Subject> starting) {
        long begun = System.nanoTime();
        try (Subject subject = starting.get();
                Load load = new Load(subject.target(), 8, requests)) {
            while (load.once().good() == 0) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException(subject.name() + " does not answer; its log: " + subject.log());
                }
            }
            long first = System.nanoTime() - begun;
            Outcome outcome = load.atRate(100, Duration.ofSeconds(3));
            report.row(
                    "start to first 200, " + subject.name(),
                    String.format(
                            Locale.ROOT,
                            "%.2f s; first 300 calls: p50 %.2f, p99 %.2f ms; %d failed",
                            first / 1e9,
                            outcome.whole().milliseconds(0.5),
                            outcome.whole().milliseconds(0.99),
                            outcome.failed()));
        }
    }
}
