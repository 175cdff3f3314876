package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.cli.promotion.SideBySide.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Environments side by side, as text, JSON or Markdown. */
enum SideBySideText {
    TEXT {
        @Override
        String of(SideBySide table) {
            List<List<String>> cells = cells(table);
            List<Integer> widths = new ArrayList<>();
            for (int i = 0; i < HEAD.size(); i++) {
                int column = i;
                widths.add(cells.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0));
            }
            StringBuilder text = new StringBuilder();
            for (List<String> row : cells) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < row.size(); i++) {
                    line.append(("%-" + (widths.get(i) + 2) + "s").formatted(row.get(i)));
                }
                text.append(line.toString().stripTrailing()).append('\n');
            }
            table.rows().forEach(row -> text.append(notes(row)));
            return text.toString();
        }
    },
    JSON {
        @Override
        String of(SideBySide table) {
            try {
                return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(table.rows()) + "\n";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("rows are always JSON", e);
            }
        }
    },
    MARKDOWN {
        @Override
        String of(SideBySide table) {
            List<List<String>> cells = cells(table);
            StringBuilder text = new StringBuilder();
            text.append(line(cells.getFirst()))
                    .append(line(HEAD.stream().map(head -> "---").toList()));
            cells.stream().skip(1).forEach(row -> text.append(line(row)));
            String notes = table.rows().stream().map(SideBySideText::notes).collect(Collectors.joining());
            return notes.isEmpty() ? text.toString() : text + "\n```\n" + notes + "```\n";
        }

        private String line(List<String> row) {
            return "| " + String.join(" | ", row) + " |\n";
        }
    };

    private static final List<String> HEAD = List.of(
            "APPLICATION",
            "ENVIRONMENT",
            "ENDPOINT",
            "CONTRACT",
            "ADMITTED",
            "CONSISTENT",
            "SINCE",
            "LOCATION",
            "BINDINGS");

    abstract String of(SideBySide table);

    static SideBySideText named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("-o: expected text, json or markdown", e);
        }
    }

    private static List<List<String>> cells(SideBySide table) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        for (Row row : table.rows()) {
            cells.add(List.of(
                    row.tenant().isEmpty() ? row.application() : row.tenant() + "/" + row.application(),
                    row.environment(),
                    row.endpoint(),
                    Row.shown(row.contract()),
                    row.isPending() ? Row.shown(row.admitted()) + " (pending)" : Row.shown(row.admitted()),
                    row.state(),
                    row.since(),
                    row.placement().path("location").asText("-"),
                    row.placement().path("bindings").toString()));
        }
        return cells;
    }

    private static String notes(Row row) {
        String differs = row.differs().isEmpty()
                ? ""
                : row.environment() + " " + row.endpoint() + " differs at " + String.join(", ", row.differs()) + "\n";
        String waits = row.waiting().isEmpty()
                ? ""
                : row.environment() + " " + row.endpoint() + " is not Ready: " + row.waiting() + "\n";
        return differs + waits;
    }
}
