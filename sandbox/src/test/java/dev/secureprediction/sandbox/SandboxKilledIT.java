package dev.secureprediction.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.process.WorkFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Somebody kills the sandbox with SIGKILL. No other may start meanwhile, since it would clean up. */
@Isolated
class SandboxKilledIT {

    @Test
    void nothingIsLeftButAFolderThatTheNextStartRemoves() throws Exception {
        var cache = UserCache.ofUser();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var folder = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.startsWith(cache.root().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(commandsNaming(folder)).isPositive();

        process.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(10)).until(() -> commandsNaming(folder) == 0);
        try (var next = WorkFolder.create(cache)) {
            assertThat(next.path()).exists();
            assertThat(Path.of(folder)).doesNotExist();
        }
    }

    private static long commandsNaming(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains(text))
                .count();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
