package dev.secureprediction.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No source file of the repository, tests included, is longer than a reader's patience. */
final class FileLengthTest {

    private static final int LIMIT = 400;
    private static final int RECONCILER_LIMIT = 150;
    private static final Path ROOT = Path.of(System.getProperty("root.directory"));

    @Test
    void filesStayShort() throws IOException {
        assertThat(sources())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file))
                        .as("lines of %s", ROOT.relativize(file))
                        .isLessThanOrEqualTo(LIMIT));
    }

    @Test
    void reconcilersOnlyWire() throws IOException {
        List<Path> reconcilers = sources().stream()
                .filter(file -> file.getFileName().toString().endsWith("Reconciler.java"))
                .toList();

        assertThat(reconcilers)
                .allSatisfy(file -> assertThat(lines(file))
                        .as("lines of %s", ROOT.relativize(file))
                        .isLessThanOrEqualTo(RECONCILER_LIMIT));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .toList();
        }
    }

    private static int lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
