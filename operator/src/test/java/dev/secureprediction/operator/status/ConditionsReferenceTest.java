package dev.secureprediction.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference page says what the code says. */
final class ConditionsReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("root.directory"), "docs/reference/conditions.md");

    @Test
    void thePageIsTheGeneratedOne() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ConditionsReference.markdown());
        }

        assertThat(PAGE).content().isEqualTo(ConditionsReference.markdown());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonSaysWhereItStandsAndWhatItMeans(Reason reason) {
        assertThat(reason.conditions()).isNotEmpty();
        assertThat(reason.meaning()).endsWith(".");
    }
}
