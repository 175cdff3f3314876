package dev.secureprediction.sandbox.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What a container image would hold, as a folder with {@code image.json}.
 *
 * @param name last part of the references it answers to
 * @param entrypoint program and arguments; {@code java} is the sandbox's own
 * @param environment defaults that a container may override
 * @param folder working directory
 * @param digest over names and sizes of its files, as {@code sha256:…}
 */
public record Image(String name, List<String> entrypoint, Map<String, String> environment, Path folder, String digest) {

    private static final String DESCRIPTION = "image.json";

    public Image {
        entrypoint = List.copyOf(entrypoint);
        environment = Map.copyOf(environment);
    }

    /** Reads the description in a folder. */
    public static Image read(Path folder) {
        var file = folder.resolve(DESCRIPTION);
        try {
            var description = new ObjectMapper().readTree(file.toFile());
            if (!description.hasNonNull("name")) {
                throw new SandboxException(file + ": name is missing: give the image a name");
            }
            List<String> entrypoint = new ArrayList<>();
            description.path("entrypoint").forEach(word -> entrypoint.add(word.asText()));
            Map<String, String> environment = new HashMap<>();
            description
                    .path("env")
                    .properties()
                    .forEach(entry ->
                            environment.put(entry.getKey(), entry.getValue().asText()));
            return new Image(
                    description.path("name").asText(),
                    entrypoint,
                    environment,
                    folder.toAbsolutePath(),
                    digest(folder));
        } catch (IOException e) {
            throw new SandboxException(
                    file + " cannot be read: build the module that makes it first (./mvnw package); " + e.getMessage(),
                    e);
        }
    }

    /** Content is not hashed: the distributions hold 100 MB and more. */
    private static String digest(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var line = folder.relativize(file) + " " + Files.size(file) + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
