package dev.secureprediction.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An OCI image layout (OCI Image Format 1.1), unpacked.
 *
 * @param digest of the manifest
 * @param config what a node reads: user, entrypoint, environment
 * @param compressed bytes of all layers as they are pulled
 * @param root the file system that its layers come to
 */
record OciImage(String digest, JsonNode config, long compressed, Path root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static OciImage unpack(Path tar, Path folder) {
        try {
            var layout = Files.createDirectories(folder.resolve("layout"));
            var root = Files.createDirectories(folder.resolve("root"));
            run("tar", "xf", tar.toString(), "-C", layout.toString());
            var index = JSON.readTree(layout.resolve("index.json").toFile());
            var digest = index.at("/manifests/0/digest").asText();
            var manifest = JSON.readTree(blob(layout, digest).toFile());
            long compressed = 0;
            for (var layer : manifest.path("layers")) {
                compressed += layer.path("size").asLong();
                run("tar", "xzf", blob(layout, layer.path("digest").asText()).toString(), "-C", root.toString());
            }
            var config = JSON.readTree(
                    blob(layout, manifest.at("/config/digest").asText()).toFile());
            return new OciImage(digest, config.path("config"), compressed, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> entrypoint() {
        return words(config.path("Entrypoint"));
    }

    static List<String> words(JsonNode array) {
        var words = new ArrayList<String>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Path blob(Path layout, String digest) {
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static void run(String... command) throws IOException {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
