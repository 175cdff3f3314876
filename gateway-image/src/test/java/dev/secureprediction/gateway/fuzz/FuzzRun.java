package dev.secureprediction.gateway.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gives each target to Jazzer for a while, which `./mvnw verify -Pfuzz` does; fails with the first that found something. */
public final class FuzzRun {
    private FuzzRun() {}

    /** One argument: seconds for each target. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (Targets target : Targets.ALL) {
            Path found = Files.createDirectories(
                    Path.of(System.getProperty("root.directory"), "gateway-image/target/fuzz", target.name()));
            Files.createDirectories(found.resolve("corpus"));
            int result = new ProcessBuilder(command(target, found, arguments[0]))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (result != 0) {
                throw new IllegalStateException("target " + target.name() + " failed; its input is in " + found);
            }
        }
    }

    /** 2 GiB and 10 seconds for one input are a fault as well. What is new in the corpus goes to `target`. */
    private static List<String> command(Targets target, Path found, String seconds) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Droot.directory=" + System.getProperty("root.directory"),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=dev.secureprediction.**",
                "--reproducer_path=" + found));
        command.addAll(List.of(
                "-max_total_time=" + seconds,
                "-rss_limit_mb=2048",
                "-timeout=10",
                "-max_len=65536",
                "-artifact_prefix=" + found + "/",
                found.resolve("corpus").toString(),
                target.folder().toString()));
        return command;
    }
}
