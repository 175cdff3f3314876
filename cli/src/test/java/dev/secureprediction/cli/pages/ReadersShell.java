package dev.secureprediction.cli.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A terminal: what one block sets, the next block of the page has. */
final class ReadersShell implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final String DONE = "-- done: ";

    private final Process bash;
    private final Writer in;
    private final BufferedReader out;
    private final Path script;

    /**
     * Opens one.
     *
     * @param folder where it is
     * @param functions what stands before everything that is typed
     */
    ReadersShell(Path folder, Map<String, String> environment, String functions) {
        try {
            var builder = new ProcessBuilder("bash", "--norc", "--noprofile")
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            bash = builder.start();
            script = Files.createTempFile(folder, "typed", ".sh");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in = bash.outputWriter(StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8));
        run(functions + "\nset -o pipefail\ntrap 'echo \"\n" + DONE + "$?\"' EXIT\n", 0);
    }

    /** What a block printed, and what its last command ended with. */
    record Answer(int exit, String output) {}

    /**
     * Types a block. Where it is to succeed, the first command that fails ends it, and the shell.
     *
     * @param exit what the last command should end with
     */
    Answer run(String text, int exit) {
        try {
            Files.writeString(script, text);
            var strict = exit == 0 ? "set -e\n" : "";
            in.write(strict + ". '" + script + "' </dev/null\nlast=$?; set +e; echo \"\n" + DONE + "$last\"\n");
            in.flush();
        } catch (IOException e) {
            return new Answer(-1, "the shell has ended: an earlier block of the page failed");
        }
        return CompletableFuture.supplyAsync(this::untilDone, ReadersShell::onThreadOfItsOwn)
                .completeOnTimeout(new Answer(-1, "not done after " + PATIENCE), PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** The common pool has one thread on two cores, and Kubernetes' client works there too. */
    private static void onThreadOfItsOwn(Runnable reading) {
        Thread.ofPlatform().daemon().start(reading);
    }

    private Answer untilDone() {
        var output = new StringBuilder();
        try {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(DONE)) {
                    return new Answer(Integer.parseInt(line.substring(DONE.length())), output.toString());
                }
                output.append(line).append('\n');
            }
            return new Answer(-1, output + "the shell has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        bash.descendants().forEach(ProcessHandle::destroy);
        bash.destroy();
    }
}
