package dev.secureprediction.bench;

import com.nimbusds.jose.JWSAlgorithm;
import dev.secureprediction.gateway.support.GatewayWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The gateway, Envoy and a FastAPI service under the same calls. */
final class GatewayComparison {
    private static final int CONNECTIONS = 32;
    private static final int PAIRS = 12;
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration WARM_UP_AGAIN = Duration.ofSeconds(4);
    private static final int REPEATING = 1_000;
    private static final int NEW_TOKENS = 12_000;
    private static final int LARGE = 64 * 1024;

    private final World world;
    private final Programs programs;
    private final Report report;
    private final List<String> tokens;
    private final String predict = GatewayWorld.endpointPath("predict");

    /**
     * What is measured beside ours.
     *
     * @param envoy its program
     * @param python of an environment with FastAPI
     */
    record Programs(Path envoy, Path python) {}

    GatewayComparison(World world, Programs programs, Report report) {
        this.world = world;
        this.programs = programs;
        this.report = report;
        this.tokens = world.tokens(REPEATING);
    }

    void run(int rounds) {
        Requests small = Requests.posts(predict, tokens, Requests.body(1_024));
        StartUp startUp = new StartUp(small, report);
        startUp.measure(() -> OurGateway.start(world));
        startUp.measure(() -> Envoy.start(world, programs.envoy(), false));
        startUp.measure(() -> Envoy.start(world, programs.envoy(), true));
        startUp.measure(() -> FastApi.start(world, programs.python()));
        try (Subject ours = OurGateway.start(world);
                Subject envoy = Envoy.start(world, programs.envoy(), false);
                Subject cached = Envoy.start(world, programs.envoy(), true);
                Subject fastApi = FastApi.start(world, programs.python())) {
            List<Subject> all = List.of(ours, envoy, cached, fastApi);
            report.row("resident after start, MiB", resident(all));
            paired("1 KiB, 1,000 tokens in turn", () -> small, all, WARM_UP, rounds);
            paired("64 KiB", () -> posts(tokens, LARGE), all, WARM_UP_AGAIN, rounds);
            paired("1 KiB, every token new", () -> posts(world.tokens(NEW_TOKENS), 1_024), all, WARM_UP_AGAIN, rounds);
            paired(
                    "1 KiB, every token new, ES256",
                    () -> posts(world.tokens(NEW_TOKENS, JWSAlgorithm.ES256), 1_024),
                    all,
                    WARM_UP_AGAIN,
                    rounds);
            // by now each has taken some hundred thousand calls, and nothing is left to compile
            paired("1 KiB, 1,000 tokens in turn, settled", () -> small, all.subList(0, 3), WARM_UP_AGAIN, rounds);
            Requests streams =
                    Requests.posts(GatewayWorld.endpointPath("streamRawPredict"), tokens, Requests.body(1_024));
            paired("stream of " + BenchModel.EVENTS + " events", () -> streams, all.subList(0, 3), WARM_UP, rounds);
            Latency latency = new Latency(world, tokens, report);
            latency.streams(all);
            latency.added(all, 200);
            latency.added(all.subList(0, 3), 2_000);
            report.row("resident after load, MiB", resident(all));
            openStreams(all);
        }
    }

    private Requests posts(List<String> with, int bytes) {
        return Requests.posts(predict, with, Requests.body(bytes));
    }

    private void paired(
            String figure, Supplier<Requests> requests, List<Subject> subjects, Duration warmUp, int rounds) {
        Subject ours = subjects.getFirst();
        Duration warming = warmUp;
        for (Subject other : subjects.subList(1, subjects.size())) {
            Requests same = requests.get();
            try (Load ourLoad = new Load(ours.target(), CONNECTIONS, same);
                    Load otherLoad = new Load(other.target(), CONNECTIONS, same)) {
                ourLoad.asFastAsItGoes(warming);
                otherLoad.asFastAsItGoes(Duration.ofSeconds(2));
                warming = WARM_UP_AGAIN;
                List<PairedRatio.Result> results = IntStream.range(0, rounds)
                        .mapToObj(round -> PairedRatio.measure(ours, ourLoad, other, otherLoad, PAIRS))
                        .toList();
                report.row("CPU per call, " + figure + ", ratio to " + other.name(), PairedRatio.summary(results));
            }
        }
    }

    private void openStreams(List<Subject> subjects) {
        Requests streams =
                Requests.posts(GatewayWorld.endpointPath("serverStreamingPredict"), tokens, Requests.body(1_024));
        for (Subject subject : subjects) {
            try (OpenStreams open = new OpenStreams(subject.target(), 1_000, streams, Duration.ofMinutes(10))) {
                for (int i = 0; i < 200 && open.begun() < 1_000; i++) {
                    pause();
                }
                report.row(
                        "resident with 1,000 open streams, " + subject.name(),
                        String.format(
                                Locale.ROOT,
                                "%.0f MiB; %d have begun, %d failed",
                                CpuClock.residentMebibytes(subject.pid()),
                                open.begun(),
                                open.failed()));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String resident(List<Subject> subjects) {
        return subjects.stream()
                .map(subject -> String.format(
                        Locale.ROOT, "%s %.0f", subject.name(), CpuClock.residentMebibytes(subject.pid())))
                .collect(Collectors.joining("; "));
    }
}
