package dev.secureprediction.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns as wide as they need to be; coloured on a terminal alone, so that what is piped or kept is plain. */
public final class Table {

    private static final int GAP = 2;

    private final List<List<Cell>> lines = new ArrayList<>();

    private record Cell(String text, Style style) {}

    /** With a head. */
    public Table(List<String> head) {
        lines.add(head.stream().map(text -> new Cell(text, Style.HEAD)).toList());
    }

    /** Adds a line. */
    public void add(List<String> texts, List<Style> styles) {
        lines.add(IntStream.range(0, texts.size())
                .mapToObj(i -> new Cell(texts.get(i), styles.get(i)))
                .toList());
    }

    /** Adds a line without colours. */
    public void add(List<String> texts) {
        lines.add(texts.stream().map(text -> new Cell(text, Style.PLAIN)).toList());
    }

    /** Coloured where somebody looks at it. */
    public String text() {
        return text(Terminal.isColoured());
    }

    String text(boolean coloured) {
        StringBuilder text = new StringBuilder();
        int[] widths = widths();
        for (List<Cell> line : lines) {
            for (int i = 0; i < line.size(); i++) {
                Cell cell = line.get(i);
                text.append(coloured ? cell.style().around(cell.text()) : cell.text());
                if (i < line.size() - 1) {
                    text.repeat(' ', widths[i] - cell.text().length() + GAP);
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int[] widths() {
        return IntStream.range(0, lines.getFirst().size())
                .map(i -> lines.stream()
                        .mapToInt(line -> line.get(i).text().length())
                        .max()
                        .orElse(0))
                .toArray();
    }
}
