package dev.secureprediction.bench;

import java.nio.file.Path;

/** Runs the measurements; see {@code bench/README.md}. */
public final class Main {
    /** What is measured runs here; load and model run on the other. */
    static final int MEASURED_PROCESSOR = 0;

    private Main() {}

    /**
     * Measures and prints.
     *
     * @param arguments paths of the Envoy program and of Python, where the table goes, rounds
     */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            System.err.println("usage: bench ENVOY PYTHON TABLE ROUNDS; use bench/run");
            System.exit(2);
        }
        Report report = new Report(System.out);
        var programs = new GatewayComparison.Programs(Path.of(arguments[0]), Path.of(arguments[1]));
        try (World world = new World()) {
            new GatewayComparison(world, programs, report).run(Integer.parseInt(arguments[3]));
        }
        report.writeTo(Path.of(arguments[2]));
        System.exit(0); // servers of the world leave threads behind
    }
}
