package dev.secureprediction.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.sandbox.RunningSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody makes a shell use a sandbox, one of several. */
final class EnvCommandTest {

    private static final RunningSandbox YOUNG = sandbox("young", "/home/o'neil/young");
    private static final RunningSandbox OLD = sandbox("old", "/tmp/old");

    @Test
    void aShellThatReadsTheLinesHasWhatItNeeds() throws IOException, InterruptedException {
        var lines = String.join("\n", EnvCommand.lines(YOUNG, Path.of("/work with spaces")));

        var shell = new ProcessBuilder(
                        "bash", "-c", lines + "\nprintf '%s\\n' \"$SPE_SANDBOX\" \"$KUBECONFIG\" \"${PATH%%:/usr*}\"")
                .redirectErrorStream(true);
        shell.environment().put("PATH", "/usr/bin:/bin");
        var bash = shell.start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly("young", "/home/o'neil/young/kubeconfig", "/work with spaces:/programs");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void aProgramReadsTheSameWithoutAShell() {
        assertThat(EnvCommand.data(YOUNG, Path.of("/work with spaces")).toString())
                .isEqualTo("""
                        {"sandbox":"young","kubeconfig":"/home/o'neil/young/kubeconfig","path":["/work with spaces","/programs"]}""");
    }

    @Test
    void theYoungestIsMeantUnlessOneIsNamed() {
        assertThat(ChosenSandbox.among(List.of(YOUNG, OLD), Optional.empty())).isEqualTo(YOUNG);
        assertThat(ChosenSandbox.among(List.of(YOUNG, OLD), Optional.of("old"))).isEqualTo(OLD);
    }

    @Test
    void whoNamesOneThatIsGoneIsTold() {
        assertThatThrownBy(() -> ChosenSandbox.among(List.of(YOUNG), Optional.of("old")))
                .hasMessage("SPE_SANDBOX: sandbox old is not running; unset it to use another");
        assertThatThrownBy(() -> ChosenSandbox.among(List.of(), Optional.empty()))
                .hasMessageContaining("./spe sandbox");
    }

    private static RunningSandbox sandbox(String id, String folder) {
        return new RunningSandbox(
                id,
                Path.of(folder),
                "https://127.0.0.1:1",
                Path.of(folder, "kubeconfig"),
                Path.of("/programs/kubectl"),
                "127.0.0.1:2",
                "https://127.0.0.1:3",
                Path.of(folder, "ca.crt"),
                Path.of(folder, "truststore.p12"));
    }
}
