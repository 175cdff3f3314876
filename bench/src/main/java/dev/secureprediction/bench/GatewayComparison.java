package dev.secureprediction.bench;

import dev.secureprediction.gateway.support.GatewayWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The gateway and Envoy under the same calls. */
final class GatewayComparison {
    private static final int CONNECTIONS = 32;
    private static final int PAIRS = 12;
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final int REPEATING = 1_000;
    private static final int NEW_TOKENS = 12_000;
    private static final int LARGE = 64 * 1024;

    private final World world;
    private final Path envoyBinary;
    private final Report report;
    private final List<String> tokens;

    GatewayComparison(World world, Path envoyBinary, Report report) {
        this.world = world;
        this.envoyBinary = envoyBinary;
        this.report = report;
        this.tokens = world.tokens(REPEATING);
    }

    void run(int rounds) {
        try (Subject ours = OurGateway.start(world);
                Subject envoy = Envoy.start(world, envoyBinary, false);
                Subject cached = Envoy.start(world, envoyBinary, true)) {
            List<Subject> all = List.of(ours, envoy, cached);
            report.row("resident after start, MiB", each(all, CpuClock::residentMebibytes));
            String predict = GatewayWorld.endpointPath("predict");
            paired(
                    "CPU per call, 1 KiB, 1,000 tokens in turn",
                    Requests.posts(predict, tokens, Requests.body(1_024)),
                    all,
                    rounds);
            paired("CPU per call, 64 KiB", Requests.posts(predict, tokens, Requests.body(LARGE)), all, rounds);
            paired(
                    "CPU per call, 1 KiB, every token new",
                    Requests.posts(predict, world.tokens(NEW_TOKENS), Requests.body(1_024)),
                    all,
                    rounds);
            streams(all);
            latencies(all, 200);
            latencies(all, 2_000);
            report.row("resident after load, MiB", each(all, CpuClock::residentMebibytes));
        }
    }

    private void paired(String figure, Requests requests, List<Subject> subjects, int rounds) {
        Subject ours = subjects.getFirst();
        for (Subject other : subjects.subList(1, subjects.size())) {
            try (Load ourLoad = new Load(ours.target(), CONNECTIONS, requests);
                    Load otherLoad = new Load(other.target(), CONNECTIONS, requests)) {
                ourLoad.asFastAsItGoes(WARM_UP);
                otherLoad.asFastAsItGoes(Duration.ofSeconds(2));
                List<PairedRatio.Result> results = IntStream.range(0, rounds)
                        .mapToObj(round -> PairedRatio.measure(ours, ourLoad, other, otherLoad, PAIRS))
                        .toList();
                report.row(
                        figure + ", ratio to " + other.name(),
                        String.format(
                                Locale.ROOT,
                                "%.3f (rounds %s; pairs %.2f to %.2f); %.1f µs and %.1f µs; %d failed",
                                PairedRatio.median(results.stream()
                                        .map(PairedRatio.Result::ratio)
                                        .toList()),
                                results.stream()
                                        .map(result -> String.format(Locale.ROOT, "%.3f", result.ratio()))
                                        .collect(Collectors.joining(" ")),
                                results.stream()
                                        .mapToDouble(PairedRatio.Result::lowest)
                                        .min()
                                        .orElse(Double.NaN),
                                results.stream()
                                        .mapToDouble(PairedRatio.Result::highest)
                                        .max()
                                        .orElse(Double.NaN),
                                PairedRatio.median(results.stream()
                                        .map(PairedRatio.Result::ourMicros)
                                        .toList()),
                                PairedRatio.median(results.stream()
                                        .map(PairedRatio.Result::theirMicros)
                                        .toList()),
                                results.stream()
                                        .mapToInt(PairedRatio.Result::failed)
                                        .sum()));
            }
        }
    }

    private void streams(List<Subject> subjects) {
        Requests requests = Requests.posts(GatewayWorld.endpointPath("streamRawPredict"), tokens, Requests.body(1_024));
        double direct;
        double directWorst;
        try (Load load = new Load(world.direct(), 4, requests)) {
            load.asFastAsItGoes(Duration.ofSeconds(1));
            Outcome outcome = load.asFastAsItGoes(Duration.ofSeconds(4));
            direct = outcome.firstByte().milliseconds(0.5);
            directWorst = outcome.firstByte().milliseconds(0.99);
        }
        for (Subject subject : subjects) {
            try (Load load = new Load(subject.target(), 4, requests)) {
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

    private void latencies(List<Subject> subjects, int perSecond) {
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

    private interface Figure {
        double of(long pid);
    }

    private static String each(List<Subject> subjects, Figure figure) {
        return subjects.stream()
                .map(subject -> String.format(Locale.ROOT, "%s %.0f", subject.name(), figure.of(subject.pid())))
                .collect(Collectors.joining("; "));
    }
}
