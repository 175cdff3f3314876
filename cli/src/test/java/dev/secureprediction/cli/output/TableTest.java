package dev.secureprediction.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Columns line up, with and without colours. */
final class TableTest {

    private static final String ESCAPE = "\u001b[";

    private final Table table = new Table(List.of("NAME", "READY"));

    TableTest() {
        table.add(List.of("support-chat", "True"), List.of(Style.PLAIN, Style.GOOD));
        table.add(List.of("churn", "False"), List.of(Style.PLAIN, Style.BAD));
    }

    @Test
    void columnsAreAsWideAsTheyNeedToBe() {
        assertThat(table.text(false)).isEqualTo("""
                NAME          READY
                support-chat  True
                churn         False
                """);
    }

    @Test
    void coloursChangeNoColumn() {
        var coloured = table.text(true);

        assertThat(coloured).contains(ESCAPE + "32mTrue" + ESCAPE + "0m", ESCAPE + "31mFalse");
        assertThat(coloured.replaceAll("\u001b\\[\\d*m", "")).isEqualTo(table.text(false));
    }

    @Test
    void nobodyAtATerminalNobodyForColours() {
        assertThat(table.text()).as("a test has no terminal").doesNotContain(ESCAPE);
        assertThat(Terminal.wantsColours(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.wantsColours(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Terminal.wantsColours(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.wantsColours(Map.of())).isFalse();
    }
}
