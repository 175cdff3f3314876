package dev.secureprediction.policy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {

    @Test
    void writes_the_example_of_the_rfc() {
        // RFC 8785, section 3.2.2
        String example = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}
                """;

        assertThat(canonical(example.replace("333333333.33333329", "333333333.3333333")))
                .isEqualTo("""
                        {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
                        "string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}""");
    }

    @Test
    void sorts_names_by_utf_16_code_units() {
        // RFC 8785, section 3.2.3: an emoji's high surrogate comes before U+FB33
        assertThat(canonical("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3,\"1\":4,\"\\r\":5,\"ö\":6}"))
                .isEqualTo("{\"\\r\":5,\"1\":4,\"ö\":6,\"€\":3,\"😀\":2,\"\ufb33\":1}");
    }

    @ParameterizedTest
    @CsvSource({"1.0,1", "-0,0", "100,100", "1e21,1e+21", "123456789012345680000,123456789012345680000", "0.1,0.1"})
    void writes_one_number_in_one_way(String number, String expected) {
        assertThat(canonical(number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "-9007199254740993",
                "0.10000000000000000001",
                "1e400",
                "-1e400",
                "1e-400",
                "1e999999999",
                "333333333.33333329"
            })
    void refuses_numbers_that_would_change(String number) {
        assertThatThrownBy(() -> CanonicalJson.bytes(Trees.of("{\"a\": [0, " + number + "]}")))
                .isInstanceOfSatisfying(
                        InvalidPolicyException.class,
                        e -> assertThat(e.pointer()).isEqualTo("/a/1"))
                .hasMessageContaining("double");
    }

    @Test
    void refuses_half_a_character() {
        assertThatThrownBy(() -> CanonicalJson.bytes(JsonNodeFactory.instance.textNode("a\ud800b")))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void refuses_what_is_too_deep_before_it_costs_the_stack() {
        var deep = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 100_000; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        var root = deep;

        assertThatThrownBy(() -> CanonicalJson.bytes(root))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void hashes_the_canonical_form() {
        // sha256 of the two bytes {}
        assertThat(CanonicalJson.sha256Hex(Trees.of(" { } ")))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    private static String canonical(String json) {
        return new String(CanonicalJson.bytes(Trees.of(json)), StandardCharsets.UTF_8);
    }
}
