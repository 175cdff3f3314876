package dev.secureprediction.bench;

import dev.secureprediction.gateway.support.GatewayWorld;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a proxy adds to the model's own time, and what a stream costs. */
final class Latency {
    private static final int CONNECTIONS = 32;
    private static final int STREAMS = 4;

    private final World world;
    private final List<String> tokens;
    private final Report report;

    Latency(World world, List<String> tokens, Report report) {
        this.world = world;
        this.tokens = tokens;
        this.report = report;
    }

    /** Streams of a few events, one behind the other. */
    void streams(List<Subject> subjects) {
        Requests requests = Requests.posts(GatewayWorld.endpointPath("streamRawPredict"), tokens, Requests.body(1_024));
        double direct;
        double directWorst;
        try (Load load = new Load(world.direct(), STREAMS, requests)) {
            load.asFastAsItGoes(Duration.ofSeconds(1));
            Outcome outcome = load.asFastAsItGoes(Duration.ofSeconds(4));
            direct = outcome.firstByte().milliseconds(0.5);
            directWorst = outcome.firstByte().milliseconds(0.99);
        }
        for (Subject subject : subjects) {
            try (Load load = new Load(subject.target(), STREAMS, requests)) {
                load.asFastAsItGoes(Duration.ofSeconds(3));
                long before = CpuClock.nanos(subject.pid());
                Outcome outcome = load.asFastAsItGoes(Duration.ofSeconds(4));
                long used = CpuClock.nanos(subject.pid()) - before;
                report.row(
                        "stream of " + BenchModel.EVENTS + " events, " + subject.name(),
                        String.format(
                                Locale.ROOT,
                                "CPU %.2f ms; first byte added p50 %.2f, p99 %.2f ms; %d failed",
                                used / 1e6 / Math.max(1, outcome.good()),
                                outcome.firstByte().milliseconds(0.5) - direct,
                                outcome.firstByte().milliseconds(0.99) - directWorst,
                                outcome.failed()));
            }
        }
    }

    /** Calls at a fixed rate. */
    void added(List<Subject> subjects, int perSecond) {
        Requests requests = Requests.posts(GatewayWorld.endpointPath("predict"), tokens, Requests.body(1_024));
        Duration time = Duration.ofSeconds(5);
        Outcome direct;
        try (Load load = new Load(world.direct(), CONNECTIONS, requests)) {
            load.atRate(perSecond, Duration.ofSeconds(1));
            direct = load.atRate(perSecond, time);
        }
        for (Subject subject : subjects) {
            try (Load load = new Load(subject.target(), CONNECTIONS, requests)) {
                load.atRate(perSecond, Duration.ofSeconds(2));
                Outcome outcome = load.atRate(perSecond, time);
                report.row(
                        "added at " + perSecond + "/s, " + subject.name(),
                        String.format(
                                Locale.ROOT,
                                "p50 %.2f, p99 %.2f ms; %d failed",
                                outcome.whole().milliseconds(0.5)
                                        - direct.whole().milliseconds(0.5),
                                outcome.whole().milliseconds(0.99)
                                        - direct.whole().milliseconds(0.99),
                                outcome.failed()));
            }
        }
    }
}
