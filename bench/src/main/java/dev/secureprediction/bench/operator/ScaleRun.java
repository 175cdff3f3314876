package dev.secureprediction.bench.operator;

import static org.awaitility.Awaitility.await;

import dev.secureprediction.bench.operator.Landscape.Place;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.SandboxOptions;
import dev.secureprediction.sandbox.StartListener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One number of endpoints, from nothing to settled, at rest, changed, and after a restart. */
final class ScaleRun implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(60);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final int CHANGES = 100;
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(100);

    private final Path root;
    private final Figures figures;
    private final int count;
    private final List<Place> places;
    private final Sandbox sandbox;
    private final KubernetesClient client;
    private final GatewayFiles files;
    private final StubGateway stub;
    private final HollowPods pods;
    private final Endpoints endpoints;
    private final Tally tally;
    private final OperatorProcess operator;

    ScaleRun(Path root, int count, Figures figures) {
        this.root = root;
        this.figures = figures;
        this.count = count;
        this.places = Landscape.places(count).toList();
        this.sandbox = Sandbox.start(
                SandboxOptions.withImages(root.resolve("operator/target/dist")).withSeed(Landscape.cloud()),
                StartListener.silent());
        this.client = sandbox.client();
        install();
        this.files = new GatewayFiles(client);
        this.stub = new StubGateway(files, TokenRules.of(client.raw("/openid/v1/jwks")));
        this.pods = new HollowPods(client, stub);
        this.endpoints = new Endpoints(client);
        this.tally = new Tally(sandbox);
        this.operator = new OperatorProcess(sandbox);
    }

    private void install() {
        try (var definitions = Files.list(root.resolve("crds"))) {
            for (Path file : definitions
                    .filter(name -> name.toString().endsWith(".yaml"))
                    .toList()) {
                apply(Files.readString(file));
            }
            apply(Files.readString(root.resolve("operator/src/main/kubernetes/operator.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        apply(Landscape.platform(sandbox));
    }

    private void apply(String yaml) {
        List<HasMetadata> objects = client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions() // a definition is served a moment after it was made
                .untilAsserted(() -> objects.forEach(
                        object -> client.resource(object).forceConflicts().serverSideApply()));
    }

    void run(Duration rest) {
        until("the operator is up", operator::ready);
        figures.row(count, "resident with none, MiB", operator.memory());
        settle();
        rest(rest);
        change();
        restart();
    }

    private void settle() {
        tally.turn();
        long begin = System.nanoTime();
        endpoints.create(places);
        figures.row(count, "created by the user, s", seconds(begin));
        until("all are Ready", () -> endpoints.settled() == count);
        figures.row(count, "all Ready, s", seconds(begin));
        quiet();
        var kubernetes = tally.kubernetesWrites();
        figures.row(count, "writes to Kubernetes until settled, each", each(Tally.sum(kubernetes)));
        kubernetes.forEach((kind, number) -> figures.detail(kind, each(number)));
        tally.kubernetesReads().forEach((kind, number) -> figures.detail(kind, each(number)));
        var google = tally.google("write ");
        long refused = google.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("refused "))
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
        figures.row(
                count,
                "writes to Google until settled; stated by the table; refused and repeated",
                Tally.sum(google) - refused + "; "
                        + places.stream()
                                .mapToInt(place -> place.kind().changes())
                                .sum() + "; " + refused);
        google.forEach((kind, number) -> figures.detail(kind, each(number)));
        tally.google("read ").forEach((kind, number) -> figures.detail("read " + kind, each(number)));
        figures.row(count, "resident when settled, MiB", operator.memory());
    }

    private void rest(Duration rest) {
        tally.turn();
        pause(rest);
        long reads = Tally.sum(tally.google("read "));
        figures.row(
                count,
                "writes in " + rest.toSeconds() + " s at rest, Kubernetes and Google",
                Tally.sum(tally.kubernetesWrites()) + " and " + Tally.sum(tally.google("write ")));
        tally.firstWrites().forEach(write -> figures.detail(write, ""));
        tally.kubernetesReads().forEach((kind, number) -> figures.detail(kind, number.toString()));
        figures.row(
                count,
                "reads of Google at rest, per second and project",
                String.format(Locale.ROOT, "%.1f", reads / (double) rest.toSeconds() / Landscape.ENVIRONMENTS.size()));
        figures.row(count, "resident at rest, MiB", operator.memory());
    }

    /** Changes of users, one after the other, each of another endpoint. */
    private void change() {
        var chosen = new ArrayList<>(places);
        Collections.shuffle(chosen, new Random(1));
        var written = new ArrayList<Double>();
        var proven = new ArrayList<Double>();
        for (Place place : chosen.subList(0, Math.min(CHANGES, count))) {
            String gateway = endpoints.gateway(place);
            long begin = System.nanoTime();
            long generation = endpoints.change(place, 61);
            until("the policy is written", () -> files.since(gateway) - begin > 0);
            written.add((files.since(gateway) - begin) / 1e6);
            until("the change is proven", () -> endpoints.readySince(place, generation) != Long.MIN_VALUE);
            proven.add((endpoints.readySince(place, generation) - begin) / 1e6);
            pause(BETWEEN_CHANGES);
        }
        figures.row(count, "a user's change in the gateway's policy, ms, p50 and p99", percentiles(written));
        figures.row(count, "the same proven and Ready, ms, p50 and p99", percentiles(proven));
    }

    private void restart() {
        quiet();
        tally.turn();
        long begin = System.nanoTime();
        operator.process().ifPresent(ProcessHandle::destroyForcibly);
        until("all are proven anew", () -> stub.provenSince(begin) == count);
        figures.row(count, "killed until all are proven anew, s", seconds(begin));
        figures.row(count, "resident after it, MiB", operator.memory());
        quiet();
        figures.row(
                count,
                "writes of a restart, Kubernetes and Google",
                Tally.sum(tally.kubernetesWrites()) + " and " + Tally.sum(tally.google("write ")));
        tally.firstWrites().forEach(write -> figures.detail(write, ""));
    }

    /** Until nobody has written for a while. */
    private void quiet() {
        long[] seen = {-1};
        long[] since = {System.nanoTime()};
        until(
                "nobody writes",
                () -> {
                    long written = Tally.sum(tally.kubernetesWrites()) + Tally.sum(tally.google("write "));
                    if (written != seen[0]) {
                        seen[0] = written;
                        since[0] = System.nanoTime();
                    }
                    return System.nanoTime() - since[0] > QUIET.toNanos();
                },
                Duration.ofSeconds(5));
    }

    private void until(String what, BooleanSupplier holds) {
        until(what, holds, Duration.ofMillis(5));
    }

    private void until(String what, BooleanSupplier holds, Duration poll) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("in vain: " + what + "; " + endpoints.settled() + " of " + count
                        + " are Ready; " + endpoints.complaints());
            }
            pause(poll);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String each(long number) {
        return String.format(Locale.ROOT, "%.2f", number / (double) count);
    }

    private static String seconds(long begin) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begin) / 1e9);
    }

    private static String percentiles(List<Double> milliseconds) {
        var sorted = milliseconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.0f and %.0f",
                sorted.get(sorted.size() / 2),
                sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(sorted.size() * 0.99) - 1)));
    }

    @Override
    public void close() {
        operator.close();
        endpoints.close();
        pods.close();
        files.close();
        sandbox.close();
        stub.close();
    }
}
