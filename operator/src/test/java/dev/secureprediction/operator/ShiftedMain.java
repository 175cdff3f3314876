package dev.secureprediction.operator;

import dev.secureprediction.operator.config.OperatorCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The operator on a machine whose clock is wrong, by as much as a file says at that moment. Of an image of tests. */
public final class ShiftedMain {

    private ShiftedMain() {}

    public static void main(String[] arguments) {
        var file = Path.of(System.getenv("CLOCK_FILE"));
        InstantSource time = () -> shifted(file);
        var clock = time.withZone(ZoneOffset.UTC);
        int code = OperatorCommand.run(config -> OperatorProcess.run(config, clock), arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static Instant shifted(Path file) {
        try {
            return Instant.now().plus(Duration.parse(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
