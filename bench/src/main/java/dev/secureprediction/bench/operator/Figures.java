package dev.secureprediction.bench.operator;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Figures by number of endpoints, printed as they come and kept as a Markdown table. */
final class Figures {
    private final PrintStream out;
    private final Path file;
    private final Map<String, Map<Integer, String>> rows = new LinkedHashMap<>();

    Figures(PrintStream out, Path file) {
        this.out = out;
        this.file = file;
    }

    void row(int endpoints, String figure, String value) {
        out.printf(Locale.ROOT, "%5d %-75s %s%n", endpoints, figure, value);
        rows.computeIfAbsent(figure, name -> new TreeMap<>()).put(endpoints, value);
        write();
    }

    /** What a row is made of; printed only. */
    void detail(String what, String value) {
        out.printf(Locale.ROOT, "          %-50s %s%n", what, value);
    }

    private void write() {
        var counts = rows.values().stream()
                .flatMap(row -> row.keySet().stream())
                .sorted()
                .distinct()
                .toList();
        var text = new StringBuilder("| figure |");
        counts.forEach(count -> text.append(' ').append(count).append(" |"));
        text.append("\n|---|").append("---|".repeat(counts.size())).append('\n');
        rows.forEach((figure, values) -> {
            text.append("| ").append(figure).append(" |");
            counts.forEach(count ->
                    text.append(' ').append(values.getOrDefault(count, "")).append(" |"));
            text.append('\n');
        });
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
