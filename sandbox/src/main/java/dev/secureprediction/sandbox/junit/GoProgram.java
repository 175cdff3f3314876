package dev.secureprediction.sandbox.junit;

import dev.secureprediction.sandbox.cluster.GoToolchain;
import dev.secureprediction.sandbox.process.UserCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A program that others wrote, built once from the Go module proxy as the control plane is, and kept in the user's cache.
 *
 * @param file the program
 */
public record GoProgram(Path file) {

    private static final long LIMIT_SECONDS = 120;
    private static final String HELM = "-X helm.sh/helm/v3/internal/version.version=v3.20.2"
            + " -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=35";

    /** What a run gave. */
    public record Result(int exitCode, String output, String errors) {

        /** Output of a run that must succeed. */
        public String orThrow() {
            if (exitCode != 0) {
                throw new IllegalStateException(errors + output);
            }
            return output;
        }
    }

    /**
     * Builds it when it is not there yet; minutes, the first time.
     *
     * @param name folder below `operator/src/test/go` with go.mod, go.sum and perhaps sources
     * @param goPackage what is installed
     * @param linkerFlags further ones
     */
    public static GoProgram provide(String name, String goPackage, String linkerFlags) {
        return provide(name, goPackage, linkerFlags, "");
    }

    /**
     * The same without a part of it.
     *
     * @param tags of the build
     */
    public static GoProgram provide(String name, String goPackage, String linkerFlags, String tags) {
        var sources = Path.of(System.getProperty("root.directory"), "operator/src/test/go", name);
        var cache = UserCache.ofUser();
        var folder = cache.folder("go-programs/" + name + "-" + digest(sources, linkerFlags + tags));
        var program = folder.resolve(name);
        // two first runs at once: the second waits, and finds it built
        return cache.exclusively("go-program-" + name, () -> {
            if (!Files.isExecutable(program)) {
                build(sources, folder, goPackage, linkerFlags, tags);
            }
            return new GoProgram(program);
        });
    }

    /** Helm itself. */
    public static GoProgram helm() {
        return provide("helm", "helm.sh/helm/v3/cmd/helm", HELM);
    }

    private static void build(Path sources, Path folder, String goPackage, String linkerFlags, String tags) {
        GoToolchain.find("go")
                .run(
                        sources,
                        Map.of(
                                "CGO_ENABLED",
                                "0",
                                "GOBIN",
                                folder.toString(),
                                "GOFLAGS",
                                "-buildvcs=false",
                                "GOWORK",
                                "off"),
                        folder.resolve("build.log"),
                        List.of("install", "-trimpath", "-tags", tags, "-ldflags", "-s -w " + linkerFlags, goPackage));
    }

    /** Runs it to its end, or ends it when it takes too long. */
    public Result run(Consumer<ProcessBuilder> how, String input, List<String> arguments) {
        try {
            var command = new ArrayList<>(List.of(file.toString()));
            command.addAll(arguments);
            var errors = Files.createTempFile("go-program", ".err");
            var builder = new ProcessBuilder(command).redirectError(errors.toFile());
            how.accept(builder);
            var process = builder.start();
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            var said = Files.readString(errors);
            Files.delete(errors);
            return new Result(process.waitFor(), output, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String digest(Path sources, String linkerFlags) {
        try (Stream<Path> files = Files.list(sources)) {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(linkerFlags.getBytes(StandardCharsets.UTF_8));
            for (var file : files.sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
