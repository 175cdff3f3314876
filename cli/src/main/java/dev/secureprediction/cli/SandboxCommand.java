package dev.secureprediction.cli;

import dev.secureprediction.cli.quickstart.Endpoints;
import dev.secureprediction.cli.quickstart.LocalSamples;
import dev.secureprediction.cli.quickstart.Progress;
import dev.secureprediction.cli.quickstart.QuickStart;
import dev.secureprediction.cli.quickstart.SandboxPeople;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.SandboxOptions;
import dev.secureprediction.sandbox.StartListener;
import dev.secureprediction.sandbox.cluster.Manifests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a cluster and a cloud on loopback, applies the samples and calls them. */
@Command(
        name = "sandbox",
        description =
                "Starts a cluster and a cloud on loopback, applies samples/quickstart, makes the calls, stays up until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Option(names = "--once", description = "End after the calls, with 0 only if every one was as expected.")
    private boolean once;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Checkout checkout = Checkout.fromEnvironment();
        Progress progress = Progress.start(out, Clock.systemUTC());
        try (Sandbox sandbox = start(checkout, progress)) {
            Endpoints endpoints = install(sandbox, checkout, progress);
            endpoints.awaitReady(PATIENCE, progress);
            var targets = endpoints.targets();
            boolean asExpected = new QuickStart(new SandboxPeople(sandbox), progress).run(targets);
            asExpected &= endpoints.promotion(progress).run(PATIENCE);
            progress.step(asExpected ? "Everything was as expected" : "Something was not as expected");
            if (!once) {
                new Leaflet(out).print(sandbox.description(), targets);
                new CountDownLatch(1).await();
            }
            return asExpected ? 0 : 1;
        }
    }

    private static Sandbox start(Checkout checkout, Progress progress) {
        Sandbox sandbox = Sandbox.start(
                SandboxOptions.withImages(checkout.operatorImage(), checkout.gatewayImage())
                        .withShortLivedPods(),
                listener(progress));
        // Ctrl-C and SIGTERM: the children would die with us, but their folder would stay
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "close-sandbox"));
        return sandbox;
    }

    private static Endpoints install(Sandbox sandbox, Checkout checkout, Progress progress) {
        Manifests manifests = new Manifests(sandbox.client());
        manifests.apply(checkout.resourceDefinitions());
        manifests.apply(checkout.operatorManifests());
        progress.step("Operator applied");
        Path folder = sandbox.description().folder().resolve("samples");
        LocalSamples samples = LocalSamples.write(
                checkout.samples(),
                folder,
                sandbox.issuer().url(),
                sandbox.cloud().authority());
        manifests.apply(folder);
        progress.step("Samples applied, with this sandbox's addresses: " + folder);
        return new Endpoints(sandbox, samples);
    }

    private static StartListener listener(Progress progress) {
        return new StartListener() {
            @Override
            public void progress(String what) {
                progress.step(what);
            }

            @Override
            public void finished(String step, Duration took) {
                progress.step("%s (%.1f s)".formatted(step, took.toMillis() / 1000.0));
            }
        };
    }
}
