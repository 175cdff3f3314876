package dev.secureprediction.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image named `tiny` that runs {@link TinyServer}. */
public final class TinyImage {

    private TinyImage() {}

    /** Writes the description into a folder. */
    public static Path write(Path folder) throws IOException {
        var classes = Path.of(URI.create(TinyImage.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Files.writeString(folder.resolve("image.json"), """
                {"name": "tiny", "env": {"GREETING": "hello", "OVERRIDDEN": "image"},
                 "entrypoint": ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-cp", "%s",
                                "dev.secureprediction.sandbox.TinyServer"]}
                """.formatted(classes));
        return folder;
    }
}
