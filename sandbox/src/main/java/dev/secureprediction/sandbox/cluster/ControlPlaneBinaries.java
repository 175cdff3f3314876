package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The four programs of a control plane.
 *
 * @param folder where they are: {@code etcd}, {@code kube-apiserver}, {@code kube-controller-manager}, {@code kubectl}
 */
record ControlPlaneBinaries(Path folder) {

    static final List<String> NAMES = List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");

    Path etcd() {
        return folder.resolve("etcd");
    }

    Path apiServer() {
        return folder.resolve("kube-apiserver");
    }

    Path controllerManager() {
        return folder.resolve("kube-controller-manager");
    }

    Path kubectl() {
        return folder.resolve("kubectl");
    }

    List<String> missing() {
        return NAMES.stream()
                .filter(name -> !Files.isExecutable(folder.resolve(name)))
                .toList();
    }

    /** A folder that a person named; it must hold all four. */
    static ControlPlaneBinaries named(String variable, String value) {
        var binaries = new ControlPlaneBinaries(Path.of(value));
        var missing = binaries.missing();
        if (!missing.isEmpty()) {
            throw new SandboxException(variable + "=" + value + " lacks " + String.join(", ", missing)
                    + ": add them, or unset the variable and they are built");
        }
        return binaries;
    }
}
