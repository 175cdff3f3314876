package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.sandbox.SandboxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References find images by the name of their repository. */
class ImageStoreTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web",
                "web:1",
                "registry.example.com/team/web",
                "localhost:5000/web:1",
                "registry.example.com/web@sha256:0123",
                "registry.example.com/web:1@sha256:0123"
            })
    void findsAnImageByItsLastPart(String reference) throws Exception {
        Files.writeString(folder.resolve("image.json"), """
                {"name": "web", "entrypoint": ["java", "Web"], "env": {"A": "1"}, "ports": [80]}
                """);

        var image = ImageStore.of(folder).find(reference).orElseThrow();

        assertThat(image.entrypoint()).containsExactly("java", "Web");
        assertThat(image.environment()).containsEntry("A", "1");
        assertThat(image.digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void knowsNoOther() throws Exception {
        Files.writeString(folder.resolve("image.json"), "{\"name\": \"web\"}");

        assertThat(ImageStore.of(folder).find("registry.example.com/web/other")).isEmpty();
        assertThat(ImageStore.of(folder).find("webs")).isEmpty();
    }

    @Test
    void saysThatADistributionIsNotBuilt() {
        assertThatThrownBy(() -> ImageStore.of(folder))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("image.json")
                .hasMessageContaining("package");
    }
}
