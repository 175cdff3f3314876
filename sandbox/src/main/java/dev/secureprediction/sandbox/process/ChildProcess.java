package dev.secureprediction.sandbox.process;

import dev.secureprediction.sandbox.SandboxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * A process group that ends with this Java process, also when that is killed with SIGKILL: a shell beside it reads a pipe from us
 * and kills the group when the pipe closes. Linux only (setsid, /proc).
 */
public final class ChildProcess implements AutoCloseable {

    /** Each line on standard input is a signal for the group; the end of input is SIGKILL. */
    private static final String SUPERVISOR = """
            log=$1; shift
            exec 3<&0
            setsid "$@" </dev/null >>"$log" 2>&1 3<&- &
            child=$!
            echo "$child"; exec >&-
            (
              while read -r signal; do kill -s "$signal" -- "-$child"; done <&3
              kill -s KILL -- "-$child" || kill -s KILL "$child"
            ) 2>/dev/null &
            watcher=$!
            exec 3<&-
            wait "$child"; code=$?
            kill -s KILL -- "-$child" 2>/dev/null
            kill -s KILL "$watcher"
            exit "$code"
            """;

    private final ProcessSpec spec;
    private final Writer signals;
    private final long pid;
    private final Path record;
    private final CompletableFuture<Integer> exit;

    private ChildProcess(
            ProcessSpec spec, Process supervisor, Writer signals, long pid, Path record, IntConsumer whenEnded) {
        this.spec = spec;
        this.signals = signals;
        this.pid = pid;
        this.record = record;
        this.exit = supervisor.onExit().thenApply(ended -> {
            closePipe();
            deleteRecord();
            whenEnded.accept(ended.exitValue());
            return ended.exitValue();
        });
    }

    /** Starts the process; a program that cannot be run shows as exit code 126 or 127, as in a shell. */
    public static ChildProcess start(ProcessSpec spec) {
        return start(spec, exitCode -> {});
    }

    /**
     * Starts the process and tells its end.
     *
     * @param whenEnded told the exit code, on another thread
     */
    public static ChildProcess start(ProcessSpec spec, IntConsumer whenEnded) {
        // in its own session: Ctrl-C in the terminal must reach us, not the supervisor
        List<String> command = new ArrayList<>(List.of("setsid", "/bin/sh", "-c", SUPERVISOR, "supervisor"));
        command.add(spec.log().toString());
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        builder.environment().putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        try {
            var supervisor = builder.start();
            var signals = supervisor.outputWriter(StandardCharsets.US_ASCII);
            String first;
            try (var output =
                    new BufferedReader(new InputStreamReader(supervisor.getInputStream(), StandardCharsets.US_ASCII))) {
                first = output.readLine();
            }
            if (first == null) {
                throw new SandboxException(spec.name() + " did not start: see " + spec.log());
            }
            var pid = Long.parseLong(first);
            var record = spec.records().resolve(spec.name() + "-" + pid + ".pid");
            var identity = ProcessIdentity.of(pid);
            if (identity.isPresent()) {
                Files.writeString(record, identity.get().toLine());
            }
            return new ChildProcess(spec, supervisor, signals, pid, record, whenEnded);
        } catch (IOException e) {
            throw new SandboxException(spec.name() + " did not start: " + e.getMessage(), e);
        }
    }

    /** Process id of the group's leader. */
    public long pid() {
        return pid;
    }

    public Path log() {
        return spec.log();
    }

    public boolean alive() {
        return !exit.isDone();
    }

    /** Completes with the exit code; 128 plus the signal's number when a signal ended it. */
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    public OptionalInt exitCode() {
        return exit.isDone() ? OptionalInt.of(exit.join()) : OptionalInt.empty();
    }

    /** Sends a signal, named as in kill(1) without SIG, to the whole group. */
    public void signal(String name) {
        try {
            signals.write(name + "\n");
            signals.flush();
        } catch (IOException ended) {
            // the pipe closes with the process: nobody is left to signal
        }
    }

    /** SIGTERM, then SIGKILL when it still runs after {@code grace}. Returns when it has ended. */
    public void stop(Duration grace) {
        if (grace.isPositive()) {
            signal("TERM");
        }
        try {
            exit.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            kill();
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL to the whole group. Returns when it has ended. */
    public void kill() {
        closePipe();
        exit.join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Resident memory of the leader in bytes, `VmRSS` of proc(5); 0 when it has ended. */
    public long residentBytes() {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    /** The last lines of the log, for an error message. */
    public String logTail(int lines) {
        try {
            var all = Files.readAllLines(spec.log());
            return String.join(" | ", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "log not readable";
        }
    }

    private void closePipe() {
        try {
            signals.close();
        } catch (IOException ended) {
            // closed by the other side already
        }
    }

    private void deleteRecord() {
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            // the next start finds that the process is gone
        }
    }

    @Override
    public String toString() {
        return spec.name() + "[" + pid + "]";
    }
}
