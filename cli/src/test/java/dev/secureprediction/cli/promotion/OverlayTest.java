package dev.secureprediction.cli.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline checks an overlay before anybody merges it. */
final class OverlayTest {

    private static final String ENDPOINT = """
            apiVersion: secureprediction.dev/v1alpha1
            kind: SecurePredictionEndpoint
            metadata: {name: chat}
            spec:
              environmentRef: {name: %s}
              contract:
                model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                access: {roles: [{name: a, when: "true", actions: [Predict]}]}
                timeouts: {firstByteMilliseconds: %d}
            """;

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void placingAContractElsewhereIsFine() throws IOException {
        var base = file("base.yaml", ENDPOINT.formatted("qa", 1000));
        var overlay = file("overlay.yaml", ENDPOINT.formatted("production", 1000));

        assertThat(overlay.endpoints()).hasSize(1);
        assertThat(overlay.patchedContracts(base)).isEmpty();
        assertThat(overlay.base()).isEmpty();
    }

    @Test
    void changingItIsToldByPathAndBothValues() throws IOException {
        var base = file("base.yaml", ENDPOINT.formatted("qa", 1000));
        var overlay = file("overlay.yaml", ENDPOINT.formatted("production", 9000));

        assertThat(overlay.patchedContracts(base))
                .containsExactly("spec.contract.timeouts.firstByteMilliseconds of chat: 9000, in the base 1000");
    }

    @Test
    void theFolderThatAnOverlayBuildsOnIsFound() {
        var sample = Path.of(System.getProperty("root.directory"), "samples/kustomize/overlays/qa");

        assertThat(new Overlay(sample, java.util.List.of()).base())
                .hasValueSatisfying(base -> assertThat(base).endsWith(Path.of("samples/kustomize/base")));
    }

    private Overlay file(String name, String yaml) throws IOException {
        return Overlay.render(Files.writeString(folder.resolve(name), yaml));
    }
}
