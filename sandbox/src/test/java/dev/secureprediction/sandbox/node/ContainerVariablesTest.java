package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References are replaced as Kubernetes replaces them. */
class ContainerVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "$(A), one",
        "x-$(A)-$(B_2), x-one-$1",
        "$(UNKNOWN), $(UNKNOWN)",
        "$$(A), $(A)",
        "$$$(A), $one",
        "$A ${A}, $A ${A}",
        "$(, $(",
    })
    void replacesKnownNames(String text, String expanded) {
        assertThat(ContainerVariables.expand(text, Map.of("A", "one", "B_2", "$1")))
                .isEqualTo(expanded);
    }
}
