package dev.secureprediction.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalSamplesTest {

    private static final Path SAMPLES = Path.of(System.getProperty("root.directory"), "samples", "quickstart");

    @TempDir
    private Path target = Path.of("");

    @Test
    void everyEnvironmentGetsThisSandboxsAddressesAndNothingElseChanges() {
        // given the samples as a user copies them, when they are made local
        LocalSamples local =
                LocalSamples.write(SAMPLES, target, "https://127.0.0.1:7001/oauth2/default", "127.0.0.1:7");

        // then the three environments name the sandbox's issuer and cloud
        List<GenericKubernetesResource> environments = local.ofKind("PredictionEnvironment");
        assertThat(environments)
                .extracting(environment -> environment.getMetadata().getName())
                .containsExactly("qa", "staging", "production");
        assertThat(environments).allSatisfy(environment -> {
            List<Map<String, Object>> issuers = environment.get("spec", "issuers");
            assertThat(issuers)
                    .extracting(issuer -> issuer.get("url"))
                    .containsOnly("https://127.0.0.1:7001/oauth2/default");
            Map<String, Object> apis = environment.get("spec", "google", "apiEndpoints");
            assertThat(apis).containsEntry("aiplatform", "127.0.0.1:7").doesNotContainKey("modelarmor");
        });
        // and the endpoints are as they were
        assertThat(local.ofKind("SecurePredictionEndpoint")).hasSize(3);
    }

    @Test
    void whatIsWrittenCanBeAppliedByAPerson() throws IOException {
        LocalSamples.write(SAMPLES, target, "https://127.0.0.1:7001/oauth2/default", "127.0.0.1:7");

        String environments = Files.readString(target.resolve("10-environments.yaml"));

        assertThat(environments)
                .contains("---")
                .contains("https://127.0.0.1:7001/oauth2/default")
                .doesNotContain("okta.com");
        assertThat(target.resolve("00-namespaces.yaml")).isNotEmptyFile();
    }
}
