package dev.secureprediction.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The source checkout that the sandbox is run from.
 *
 * @param root its folder
 */
record Checkout(Path root) {

    /**
     * As the `spe` script says.
     *
     * @throws IllegalStateException when `spe` was not started from a checkout
     */
    static Checkout fromEnvironment() {
        Path root = Optional.ofNullable(System.getenv("SPE_HOME"))
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException(
                        "SPE_HOME is not set; the sandbox runs from a source checkout, by its ./spe script"));
        if (!Files.isDirectory(root.resolve("samples"))) {
            throw new IllegalStateException("SPE_HOME: " + root + " is not a checkout, it has no samples folder");
        }
        return new Checkout(root);
    }

    Path operatorImage() {
        return root.resolve("operator/target/dist");
    }

    Path gatewayImage() {
        return root.resolve("gateway-image/target/dist");
    }

    Path resourceDefinitions() {
        return root.resolve("crds");
    }

    Path operatorManifests() {
        return root.resolve("operator/src/main/kubernetes/operator.yaml");
    }

    Path samples() {
        return root.resolve("samples/quickstart");
    }
}
