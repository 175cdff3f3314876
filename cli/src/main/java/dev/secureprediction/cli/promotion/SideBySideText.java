package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.cli.output.Style;
import dev.secureprediction.cli.output.Table;
import dev.secureprediction.cli.promotion.SideBySide.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Environments side by side, as text, JSON or Markdown. */
enum SideBySideText {
    TEXT {
        @Override
        String of(SideBySide table) {
            Table shown = new Table(HEAD);
            table.rows().forEach(row -> shown.add(cells(row), styles(row)));
            StringBuilder text = new StringBuilder(shown.text());
            table.rows().forEach(row -> text.append(notes(row)));
            return text.toString();
        }
    },
    JSON {
        @Override
        String of(SideBySide table) {
            return data(table).toPrettyString() + "\n";
        }
    },
    YAML {
        @Override
        String of(SideBySide table) {
            return OutputOptions.yaml(data(table));
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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode data(SideBySide table) {
        return new ObjectMapper().valueToTree(table.rows());
    }

    private static List<Style> styles(Row row) {
        List<Style> styles = new ArrayList<>(Collections.nCopies(HEAD.size(), Style.PLAIN));
        styles.set(HEAD.indexOf("CONSISTENT"), row.state().equals("Diverged") ? Style.BAD : Style.PLAIN);
        styles.set(HEAD.indexOf("ADMITTED"), row.isPending() ? Style.ATTENTION : Style.PLAIN);
        return styles;
    }

    private static List<List<String>> cells(SideBySide table) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        table.rows().forEach(row -> cells.add(cells(row)));
        return cells;
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.tenant().isEmpty() ? row.application() : row.tenant() + "/" + row.application(),
                row.environment(),
                row.endpoint(),
                Row.shown(row.contract()),
                row.isPending() ? Row.shown(row.admitted()) + " (pending)" : Row.shown(row.admitted()),
                row.state(),
                row.since(),
                row.placement().path("location").asText("-"),
                row.placement().path("bindings").toString());
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
