package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the control plane's programs, or builds them once from the Go module proxy: a go.mod lists them as tools, so there is no Go
 * source of our own. Four to six minutes and 4 GB of Go's own caches the first time.
 */
final class ControlPlaneBuild {

    static final String VERSION = "v1.35.4";
    static final String VARIABLE = "KUBEBUILDER_ASSETS";

    private static final List<Program> PROGRAMS = List.of(
            new Program("go.etcd.io/etcd/server/v3", "server", "etcd"),
            new Program("k8s.io/kubernetes/cmd/kube-apiserver", "kube-apiserver", "kube-apiserver"),
            new Program(
                    "k8s.io/kubernetes/cmd/kube-controller-manager",
                    "kube-controller-manager",
                    "kube-controller-manager"),
            new Program("k8s.io/kubernetes/cmd/kubectl", "kubectl", "kubectl"));

    private final UserCache cache;
    private final Map<String, String> environment;
    private final String go;

    ControlPlaneBuild(UserCache cache, Map<String, String> environment, String go) {
        this.cache = cache;
        this.environment = environment;
        this.go = go;
    }

    static ControlPlaneBuild ofUser(UserCache cache) {
        return new ControlPlaneBuild(cache, System.getenv(), "go");
    }

    /**
     * The programs, built now when they are nowhere.
     *
     * @param progress told what it does before each step that takes long
     */
    ControlPlaneBinaries provide(Consumer<String> progress) {
        var named = Optional.ofNullable(environment.get(VARIABLE)).filter(value -> !value.isBlank());
        if (named.isPresent()) {
            return ControlPlaneBinaries.named(VARIABLE, named.get());
        }
        var binaries = new ControlPlaneBinaries(cache.folder("control-plane").resolve(VERSION));
        if (binaries.missing().isEmpty()) {
            return binaries;
        }
        // two first starts at once: the second waits, and finds them built
        return cache.exclusively("control-plane", () -> {
            if (!binaries.missing().isEmpty()) {
                build(binaries, progress);
            }
            return binaries;
        });
    }

    private void build(ControlPlaneBinaries binaries, Consumer<String> progress) {
        var toolchain = GoToolchain.find(go);
        var missing = binaries.missing();
        var sources = cache.folder("control-plane/build-" + VERSION);
        try {
            Files.createDirectories(binaries.folder());
            unpack("go.mod", sources);
            unpack("go.sum", sources);
            var log = sources.resolve("build.log");
            var step = 0;
            for (var program : PROGRAMS) {
                if (!missing.contains(program.installedAs())) {
                    continue;
                }
                step++;
                progress.accept("building " + program.installedAs() + " " + VERSION + " (" + step + " of "
                        + missing.size() + "; some minutes, once; log " + log + ")");
                toolchain.run(
                        sources,
                        Map.of("CGO_ENABLED", "0", "GOBIN", sources.toString(), "GOFLAGS", "", "GOWORK", "off"),
                        log,
                        List.of("install", "-trimpath", "-ldflags", linkerFlags(), program.goPackage()));
                // in one step, so that a build cut short leaves no half program
                Files.move(
                        sources.resolve(program.builtAs()),
                        binaries.folder().resolve(program.installedAs()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new SandboxException("cannot build the control plane in " + sources + ": " + e.getMessage(), e);
        }
        WorkFolder.delete(sources);
    }

    private static String linkerFlags() {
        var numbers = VERSION.substring(1).split("\\.", -1);
        var version = "-X k8s.io/component-base/version.";
        return "-s -w " + version + "gitVersion=" + VERSION + " " + version + "gitMajor=" + numbers[0] + " " + version
                + "gitMinor=" + numbers[1];
    }

    private static void unpack(String name, Path folder) throws IOException {
        try (var source = ControlPlaneBuild.class.getResourceAsStream("control-plane/" + name)) {
            if (source == null) {
                throw new IllegalStateException(name + " is missing from the sandbox's jar");
            }
            Files.copy(source, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** etcd's package is called server. */
    private record Program(String goPackage, String builtAs, String installedAs) {}
}
