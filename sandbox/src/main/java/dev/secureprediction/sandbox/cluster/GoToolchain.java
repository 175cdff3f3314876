package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The user's Go, which builds the control plane, and the programs of tests, once. */
public final class GoToolchain {

    private static final int NEEDED_MINOR = 25;
    private static final Pattern VERSION = Pattern.compile("go version go1\\.(\\d+)\\S* .*");
    private static final String REMEDY = "install Go 1." + NEEDED_MINOR
            + " or newer (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a folder with "
            + String.join(", ", ControlPlaneBinaries.NAMES);

    private final String program;

    private GoToolchain(String program) {
        this.program = program;
    }

    /** Looks the program up on PATH and checks its version. */
    public static GoToolchain find(String program) {
        String output;
        try {
            var process = new ProcessBuilder(program, "version")
                    .redirectErrorStream(true)
                    .start();
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException absent) {
            throw new SandboxException("Go is missing, and the control plane is not built yet: " + REMEDY, absent);
        }
        requireVersion(output);
        return new GoToolchain(program);
    }

    static void requireVersion(String output) {
        var match = VERSION.matcher(output);
        if (!match.matches() || Integer.parseInt(match.group(1)) < NEEDED_MINOR) {
            throw new SandboxException("Go is too old (" + output + "): " + REMEDY);
        }
    }

    /** Runs {@code go ARGUMENTS} in a folder. */
    public void run(Path folder, Map<String, String> environment, Path log, List<String> arguments) {
        var command = new java.util.ArrayList<>(List.of(program));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            try {
                if (process.waitFor() != 0) {
                    throw new SandboxException("go " + arguments.getFirst() + " " + arguments.getLast()
                            + " failed (is the Go module proxy reachable?): see " + log);
                }
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new SandboxException("the build of the control plane was interrupted", e);
            }
        } catch (IOException e) {
            throw new SandboxException("cannot run " + program + ": " + e.getMessage(), e);
        }
    }
}
