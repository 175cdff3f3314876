package dev.secureprediction.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Rows of figures, printed as they come and kept as a Markdown table. */
final class Report {
    private final PrintStream out;
    private final StringBuilder rows = new StringBuilder("| figure | value |\n|---|---|\n");

    Report(PrintStream out) {
        this.out = out;
    }

    void row(String figure, String value) {
        out.printf(Locale.ROOT, "%-60s %s%n", figure, value);
        rows.append("| ").append(figure).append(" | ").append(value).append(" |\n");
    }

    void writeTo(Path file) {
        try {
            Files.writeString(file, rows, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
