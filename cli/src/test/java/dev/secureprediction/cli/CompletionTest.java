package dev.secureprediction.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody at bash presses the tab key. */
final class CompletionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sta | status
            why --tok | --token-file
            audit ver | verify
            diff -o mark | markdown
            status -o y | yaml
            """)
    void commandsOptionsAndValuesAreCompleted(String typed, String offered, @TempDir Path folder)
            throws IOException, InterruptedException {
        var script = Files.writeString(folder.resolve("completion"), printed("bash"));

        var bash = new ProcessBuilder("bash", "--norc", "-c", """
                        source "$0"; COMP_WORDS=(spe $1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="spe $1"
                        _complete_spe; printf '%s\\n' "${COMPREPLY[@]}"
                        """, script.toString(), typed)
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .contains(offered);
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void zshGetsWhatItNeedsBefore() {
        assertThat(printed("zsh"))
                .startsWith("autoload -U +X compinit && compinit\n")
                .contains("bashcompinit");
    }

    private static String printed(String shell) {
        var out = new StringWriter();
        assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute("completion", shell))
                .isZero();
        return out.toString();
    }
}
