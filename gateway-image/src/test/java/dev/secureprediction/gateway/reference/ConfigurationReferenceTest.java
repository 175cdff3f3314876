package dev.secureprediction.gateway.reference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.config.ConfigException;
import dev.secureprediction.gateway.config.GatewayConfig;
import dev.secureprediction.gateway.config.GatewayVariable;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of variables says what a gateway reads. */
final class ConfigurationReferenceTest {

    private static final String HEAD = """
            # Configuration of a gateway

            Generated from `GatewayVariable`; a test fails when this page is stale. The operator sets these variables of the gateway's container; what a gateway
            enforces stands in its policy, never here. A wrong value ends the process with exit code 78 and a line that names the variable.

            | variable | default | what it says |
            | --- | --- | --- |
            """;

    @Test
    void thePageIsTheGeneratedOne() {
        String rows = Arrays.stream(GatewayVariable.values())
                .map(ConfigurationReferenceTest::row)
                .collect(Collectors.joining());

        ReferencePage.assertIsCurrent("gateway-configuration.md", HEAD + rows);
    }

    @ParameterizedTest
    @EnumSource(GatewayVariable.class)
    void aNumberBeyondItsRangeIsRefusedByName(GatewayVariable variable) {
        if (variable.most() > 0) {
            String beyond = String.valueOf(variable.most() + 1);

            assertThatThrownBy(() -> GatewayConfig.from(Map.of(variable.name(), beyond)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(variable + " must be a number from 0 to " + variable.most());
        }
    }

    private static String row(GatewayVariable variable) {
        String range = variable.most() > 0 ? " 0 to " + variable.most() + "." : "";
        String fallback = variable.fallback().isEmpty() ? "none" : "`" + variable.fallback() + "`";
        return "| `%s` | %s | %s%s |\n".formatted(variable, fallback, variable.meaning(), range);
    }
}
