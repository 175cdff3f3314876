package dev.secureprediction.operator.reference;

import dev.secureprediction.operator.api.crd.GenerateDefinitions;
import dev.secureprediction.operator.permission.PermissionsReference;
import dev.secureprediction.operator.status.ConditionsReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes `crds/` and the generated pages of `docs/reference/` below a folder. */
public final class GenerateReference {

    private GenerateReference() {}

    /** Takes one argument, the folder. */
    public static void main(String[] args) {
        GenerateDefinitions.main(args);
        Path pages = Path.of(args[0]).resolve("docs/reference");
        write(pages.resolve("conditions.md"), ConditionsReference.markdown());
        write(pages.resolve("permissions.md"), PermissionsReference.markdown());
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
