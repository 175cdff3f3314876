package dev.secureprediction.gateway.fuzz;

import dev.secureprediction.gateway.answer.StreamFuzz;
import dev.secureprediction.gateway.surface.BodyFuzz;
import dev.secureprediction.gateway.surface.PathFuzz;
import dev.secureprediction.gateway.tokens.KeySetFuzz;
import dev.secureprediction.gateway.tokens.TokenFuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that reads what strangers, or a broken disk, may send. A target takes any bytes and may throw nothing.
 *
 * @param name of the target and of the folder with its corpus, `src/test/fuzz/NAME`
 * @param type whose `fuzzerTestOneInput` Jazzer calls
 * @param parser that method
 */
record Targets(String name, Class<?> type, Consumer<byte[]> parser) {
    static final List<Targets> ALL = List.of(
            new Targets("token", TokenFuzz.class, TokenFuzz::fuzzerTestOneInput),
            new Targets("keys", KeySetFuzz.class, KeySetFuzz::fuzzerTestOneInput),
            new Targets("stream", StreamFuzz.class, StreamFuzz::fuzzerTestOneInput),
            new Targets("path", PathFuzz.class, PathFuzz::fuzzerTestOneInput),
            new Targets("body", BodyFuzz.class, BodyFuzz::fuzzerTestOneInput),
            new Targets("policy", PolicyFuzz.class, PolicyFuzz::fuzzerTestOneInput));

    Path folder() {
        return Path.of(System.getProperty("root.directory"), "gateway-image/src/test/fuzz", name);
    }

    List<byte[]> corpus() {
        try (var files = Files.list(folder())) {
            return files.sorted().map(Targets::bytes).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
