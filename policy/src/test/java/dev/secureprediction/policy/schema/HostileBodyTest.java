package dev.secureprediction.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies made to be costly; each test hangs or fails when one is. */
@Timeout(120)
final class HostileBodyTest {

    @Test
    void a_pattern_that_backtracks_elsewhere_finishes() {
        assertThat(check("{\"pattern\":\"^(a+)+$\"}", "\"" + "a".repeat(100_000) + "!\""))
                .isPresent();
        assertThat(check("{\"pattern\":\"^(([a-z])+.)+[A-Z]([a-z])+$\"}", "\"" + "a".repeat(100_000) + "\""))
                .isPresent();
        assertThat(check("{\"pattern\":\"(x+x+)+y\"}", "\"" + "x".repeat(100_000) + "\""))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date-time",
                "date",
                "time",
                "duration",
                "email",
                "hostname",
                "ipv4",
                "ipv6",
                "uri",
                "uuid",
                "json-pointer"
            })
    void every_format_finishes(String format) {
        RequestSchema schema = RequestSchema.compile(Json.of("{\"format\":\"" + format + "\"}"));

        for (String piece :
                new String[] {"a", "1", "a.", "1:", "-", "a@", "%41", "/", "(a+)+", "P1Y", "::", "\"a\"."}) {
            String text = piece.repeat(100_000 / piece.length());
            schema.check(Json.of(quoted(text)));
            schema.check(Json.of(quoted(text + "!")));
            schema.check(Json.of(quoted("a@" + text + "!")));
            schema.check(Json.of(quoted("http://" + text + "!")));
        }
        assertThat(schema.check(Json.of("1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "1e-999999999", "1E2147483647"})
    void numbers_beyond_doubles_are_refused_without_being_worked_out(String number) {
        assertThat(check("{\"properties\":{\"a\":{\"multipleOf\":3,\"type\":\"integer\"}}}", "{\"a\":" + number + "}"))
                .contains(new Violation("/a", "must be a number that a double can hold"));
    }

    @Test
    void numbers_with_many_digits_are_taken() {
        assertThat(check("{\"minimum\":3}", "9".repeat(300))).isEmpty();
        assertThat(check("{\"maximum\":1}", "0." + "1".repeat(900))).isEmpty();
    }

    @Test
    void depth_is_refused_before_it_costs_the_stack() {
        assertThat(check("{}", "[".repeat(65) + "]".repeat(65)).map(Violation::message))
                .contains("is nested deeper than 64 levels");
        assertThat(check("{}", "{\"secret\":".repeat(5_000) + "1" + "}".repeat(5_000))
                        .map(Violation::pointer))
                .hasValueSatisfying(pointer -> assertThat(pointer).doesNotContain("secret"));
    }

    @Test
    void the_deepest_body_under_the_longest_chain_does_not_end_a_gateways_thread() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 12; i++) {
            schema.append("\"d")
                    .append(i)
                    .append("\":{\"$ref\":\"#/$defs/d")
                    .append(i + 1)
                    .append("\"},");
        }
        schema.append("\"d12\":{\"items\":{\"$ref\":\"#/$defs/d0\"}}}}");

        FutureTask<Optional<Violation>> check =
                new FutureTask<>(() -> check(schema.toString(), "[".repeat(64) + "]".repeat(64)));
        new Thread(null, check, "as a gateway's", 512 * 1024).start();

        assertThatCode(check::get).doesNotThrowAnyException();
    }

    @Test
    void a_schema_that_branches_at_each_level_is_ended() {
        String branch = "{\"properties\":{\"c\":{\"$ref\":\"#\"}}}";
        String schema = "{\"allOf\":[" + branch + "," + branch + "," + branch + "]}";
        String body = "{\"c\":".repeat(60) + "{}" + "}".repeat(60);

        assertThat(check(schema, body).map(Violation::message))
                .hasValueSatisfying(message -> assertThat(message).contains("too long"));
    }

    @Test
    void a_large_honest_body_is_taken() {
        String schema = """
                {"properties": {"instances": {"items": {"items": {"anyOf": [{"type": "string"}, {"type": "number"}]}}}}}
                """;
        String row = "[" + "0.25,".repeat(99) + "1]";

        assertThat(check(schema, "{\"instances\":[" + (row + ",").repeat(999) + row + "]}"))
                .isEmpty();
    }

    @Test
    void values_whose_hashes_collide_cost_nothing() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 1 << 15; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 15; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            items.append(i == 0 ? "" : ",").append(quoted(text.toString()));
        }

        assertThat(check("{\"uniqueItems\":true}", "[" + items + "]").map(Violation::message))
                .contains("must have items that differ, at most 1000");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    private static Optional<Violation> check(String schema, String body) {
        return RequestSchema.compile(Json.of(schema)).check(Json.of(body));
    }
}
