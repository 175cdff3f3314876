package dev.secureprediction.operator.api.crd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Step of the build: writes `crds/` and the generated reference pages below a folder. */
public final class GenerateDefinitions {

    /** Takes one argument, the folder. */
    public static void main(String[] args) {
        if (args.length != 1) {
            throw new IllegalArgumentException("give one folder to write into");
        }
        into(Path.of(args[0]));
    }

    private static void into(Path folder) {
        CustomResourceDefinitions.files()
                .forEach((name, yaml) -> write(folder.resolve("crds").resolve(name), yaml));
        write(folder.resolve("docs/reference/resources.md"), ResourceReference.markdown());
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private GenerateDefinitions() {}
}
