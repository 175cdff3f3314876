package dev.secureprediction.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of a running sandbox are, for another terminal: the content of {@code sandbox.json} in its work folder.
 *
 * @param id short name
 * @param folder its work folder
 * @param apiServer address of the Kubernetes API server
 * @param kubeconfig file with all rights on the cluster
 * @param kubectl the program
 * @param cloud host and port of Google Cloud, for gRPC and REST
 * @param issuer URL of the OIDC issuer
 * @param authority PEM file: the CA of all its servers
 * @param trustStore PKCS#12 file: the JDK's authorities and that one
 */
public record RunningSandbox(
        String id,
        Path folder,
        String apiServer,
        Path kubeconfig,
        Path kubectl,
        String cloud,
        String issuer,
        Path authority,
        Path trustStore) {

    private static final String FILE = "sandbox.json";

    void write() {
        var json = new ObjectMapper()
                .createObjectNode()
                .put("id", id)
                .put("apiServer", apiServer)
                .put("kubeconfig", kubeconfig.toString())
                .put("kubectl", kubectl.toString())
                .put("cloud", cloud)
                .put("issuer", issuer)
                .put("authority", authority.toString())
                .put("trustStore", trustStore.toString());
        try {
            // whole or not at all: another terminal may be reading
            var fresh = Files.writeString(folder.resolve(FILE + ".new"), json.toPrettyString() + "\n");
            Files.move(fresh, folder.resolve(FILE), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SandboxException("cannot write " + folder.resolve(FILE) + ": " + e.getMessage(), e);
        }
    }

    /** Empty while that sandbox is still starting. */
    static Optional<RunningSandbox> read(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var json = new ObjectMapper().readTree(file.toFile());
            return Optional.of(new RunningSandbox(
                    json.path("id").asText(),
                    folder,
                    json.path("apiServer").asText(),
                    Path.of(json.path("kubeconfig").asText()),
                    Path.of(json.path("kubectl").asText()),
                    json.path("cloud").asText(),
                    json.path("issuer").asText(),
                    Path.of(json.path("authority").asText()),
                    Path.of(json.path("trustStore").asText())));
        } catch (IOException e) {
            throw new SandboxException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
