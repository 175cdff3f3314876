package dev.secureprediction.cli;

import dev.secureprediction.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Real kubectl in a shell of somebody who has `kubectl-spe` on the PATH, from a checkout that is built. */
final class KubectlPlugin {

    private static final List<String> MODULES = List.of("policy", "sandbox", "gateway-image", "operator", "cli");

    private final Sandbox sandbox;
    private final Path checkout;
    private final Path home;

    private KubectlPlugin(Sandbox sandbox, Path checkout, Path home) {
        this.sandbox = sandbox;
        this.checkout = checkout;
        this.home = home;
    }

    /**
     * A checkout of links to this one, whose stamp says that it is built: a build must not start another one.
     *
     * @param folder for it, empty
     */
    static KubectlPlugin on(Sandbox sandbox, Path root, Path folder) throws IOException {
        var checkout = Files.createDirectories(folder.resolve("checkout"));
        for (var file : List.of("pom.xml", "mvnw", "samples", "crds")) {
            Files.createSymbolicLink(checkout.resolve(file), root.resolve(file));
        }
        for (var script : List.of("spe", "kubectl-spe")) {
            Files.copy(root.resolve(script), checkout.resolve(script)).toFile().setExecutable(true);
        }
        for (var module : MODULES) {
            var here = Files.createDirectories(checkout.resolve(module));
            Files.createSymbolicLink(here.resolve("src"), root.resolve(module).resolve("src"));
            Files.createSymbolicLink(
                    here.resolve("pom.xml"), root.resolve(module).resolve("pom.xml"));
        }
        var dist = Files.createDirectories(checkout.resolve("cli/target/dist"));
        Files.createSymbolicLink(dist.resolve("lib"), root.resolve("cli/target/dist/lib"));
        Files.createFile(dist.resolve(".built"));
        return new KubectlPlugin(sandbox, checkout, Files.createDirectories(folder.resolve("home")));
    }

    /** Runs `kubectl` with these words. */
    Ran kubectl(String... words) throws IOException, InterruptedException {
        var out = Files.createTempFile(home, "out", "");
        var err = Files.createTempFile(home, "err", "");
        var command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(words));
        // by a shell, which finds kubectl on the PATH as kubectl finds its plugin
        var builder = new ProcessBuilder("bash", "-c", "exec \"$0\" \"$@\"")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(command);
        var environment = builder.environment();
        var program = Objects.requireNonNull(
                sandbox.cluster().access().kubectlProgram().getParent());
        environment.put("PATH", checkout + File.pathSeparator + program + File.pathSeparator + environment.get("PATH"));
        environment.put("KUBECONFIG", sandbox.cluster().kubeconfig().toString());
        environment.put("HOME", home.toString());
        environment.put("SPE_JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        process.getOutputStream().close();
        int code = process.waitFor();
        return new Ran(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    /** How a command ended, and what it said. */
    record Ran(int code, String out, String err) {}
}
