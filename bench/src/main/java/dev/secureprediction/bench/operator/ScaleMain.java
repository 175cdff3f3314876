package dev.secureprediction.bench.operator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Runs the operator with so many endpoints; see {@code bench/README.md}. */
public final class ScaleMain {
    private ScaleMain() {}

    /**
     * Measures and prints.
     *
     * @param arguments the repository, seconds at rest, numbers of endpoints
     */
    public static void main(String[] arguments) {
        if (arguments.length < 3) {
            System.err.println("usage: bench ROOT REST ENDPOINTS…; use bench/operator");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]);
        Duration rest = Duration.ofSeconds(Long.parseLong(arguments[1]));
        List<Integer> counts =
                Stream.of(arguments).skip(2).map(Integer::valueOf).toList();
        Figures figures = new Figures(System.out, root.resolve("bench/target/operator.md"));
        for (int count : counts) {
            try (ScaleRun run = new ScaleRun(root, count, figures)) {
                run.run(rest);
            }
        }
        System.exit(0); // servers leave threads behind
    }
}
