package dev.secureprediction.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.resolve.Floors;
import dev.secureprediction.operator.resolve.GrantRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The file that is installed is the one that the tables come to; {@code -Dgolden.update=true} rewrites it. */
final class AdmissionPoliciesTest {

    private static final Path FILE =
            Path.of(System.getProperty("root.directory"), "operator/src/main/kubernetes/admission.yaml");
    private static final String HEAD = """
            # Generated from the tables of floors and grant rules; the operator checks the same again when it reconciles.
            """;

    @Test
    void theFileIsUpToDate() throws IOException {
        String generated = HEAD
                + AdmissionPolicies.all().stream().map(Serialization::asYaml).collect(Collectors.joining());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(FILE, generated);
        }

        assertThat(Files.readString(FILE)).isEqualTo(generated);
    }

    @Test
    void everyRowOfBothTablesIsThere() throws IOException {
        String file = Files.readString(FILE);

        assertThat(Floors.ALL).allSatisfy(floor -> assertThat(file).contains("spec.require." + floor.path() + ": "));
        assertThat(GrantRule.values())
                .allSatisfy(rule -> assertThat(file).contains(rule.path() + ": ", "spec.allow[]." + rule.list()));
    }
}
