package dev.secureprediction.operator.it;

import dev.secureprediction.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The operator with a clock that a test sets. In a sandbox that only one class uses. */
record ShiftedOperator(Path file) {

    private static final String IMAGE = "registry.example.com/secure-prediction/spe-operator:0.1.0";

    /** Installed there, unless it is already; its clock is right. */
    static ShiftedOperator installed(Sandbox sandbox) {
        var operator = new ShiftedOperator(sandbox.description().folder().resolve("operator-clock"));
        operator.shift(Duration.ZERO);
        Platform.installed(
                sandbox,
                manifest -> manifest.replace(IMAGE, "registry.example.com/shifted-operator:1")
                        .replace(
                                "- {name: SPE_PORT,",
                                "- {name: CLOCK_FILE, value: \"" + operator.file + "\"}\n        - {name: SPE_PORT,"));
        return operator;
    }

    /** From now on its clock is ahead by so much, or behind. */
    void shift(Duration ahead) {
        try {
            var next = Files.writeString(file.resolveSibling("operator-clock.next"), ahead.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
