package dev.secureprediction.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of `docs/reference` that a test writes; {@code -Dgolden.update=true} rewrites it. */
public final class ReferencePage {

    private ReferencePage() {}

    /** Fails when the page in the repository says something else. */
    public static void assertIsCurrent(String name, String generated) {
        var page = Path.of(System.getProperty("root.directory"), "docs/reference", name);
        if (Boolean.getBoolean("golden.update")) {
            try {
                Files.writeString(page, generated);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(page).content().isEqualTo(generated);
    }
}
