package dev.secureprediction.gateway.surface.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.secureprediction.gateway.fuzz.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read by bytes instead of tokens, and what is left to the parser. */
final class PlainJsonTest {
    private static final int ROOM = Json.MAX_DEPTH - 1;
    private static final String[] PLAIN = {
        "{\"tenure\":12,\"monthly\":70.35,\"contract\":\"Month-to-month\",\"paperless\":true}",
        "[1,-2,0.5,1e9,2E-7,-0,0,[],{},[[{\"a\":null,\"b\":[false,true]}]]]",
        "{ \"a\" : [ 1 , 2 ]\r\n,\t\"b\" : { \"a\" : \"a\" } }",
        "{\"\":\"\",\"text\":\"tab \\t quote \\\" slash \\/ back \\\\ letter \\u00e9 and more than eight\"}",
        "[\"https://a.example/b\",\"s://\",\"a gs://bucket/file\",{\"a\":{\"a\":1},\"b\":{\"a\":2}}]",
    };

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void goesToTheEndOfWhatIsPlain(int which) {
        byte[] json = bytes(PLAIN[which] + ",");
        assertThat(new PlainJson(json).closing(0, ROOM)).isEqualTo(json.length - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // may be looked for
                "{\"b64\":\"AA==\"}",
                "{\"bytesBase64Encoded\":\"AA==\"}",
                "{\"b64_json\":\"AA==\"}",
                "{\"fileUri\":\"https://a.example\"}",
                "{\"gcs_uri\":\"a\"}",
                "[\"gs://bucket/file\"]",
                "[\"  GS://bucket/file\"]",
                "[\"\\u0067s://bucket/file\"]",
                "[\"\\ngs://bucket/file\"]",
                // not said plainly
                "{\"\\u0061\":1}",
                "[\"\u00e9\"]",
                "{\"n\u00e4me\":1}",
                // not valid
                "{\"a\":1,\"a\":2}",
                "{\"a\":{},\"b\":{},\"a\":{}}",
                "{\"\":1,\"\":2}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\"}",
                "{1:2}",
                "{'a':1}",
                "[01]",
                "[1.]",
                "[.5]",
                "[+1]",
                "[-]",
                "[1e]",
                "[1e+]",
                "[NaN]",
                "[tru]",
                "[nulL]",
                "[falsey]",
                "[\"\\x\"]",
                "[\"\\u00g0\"]",
                "[\"a\nb\"]",
                "[\"a\u0000b\"]",
                "[\"a",
                "[\"a\\",
                "[1}",
                "{\"a\":1]",
                "[",
                "{",
                "[[]",
                "[1/**/]",
                "[\u000b1]",
            })
    void leavesAllElseToTheParser(String json) {
        assertThat(new PlainJson(bytes(json)).closing(0, ROOM)).isNegative();
    }

    @Test
    void leavesWhatIsNestedTooDeeplyToTheParser() {
        // given as many levels as a body may have, and one more
        assertThat(new PlainJson(bytes("[".repeat(64) + "]".repeat(64))).closing(0, ROOM))
                .isEqualTo(127);
        assertThat(new PlainJson(bytes("[".repeat(65) + "]".repeat(65))).closing(0, ROOM))
                .isNegative();
    }

    @Test
    void whatItTakesTheParserTakesWithTheSameEnd() {
        AtomicInteger taken = new AtomicInteger();
        Mutations.of(PLAIN).feed(json -> {
            boolean opens = json.length > 0 && (json[0] == '{' || json[0] == '[');
            int closing = opens ? new PlainJson(json).closing(0, ROOM) : -1;
            if (closing >= 0) {
                taken.incrementAndGet();
                assertThat(endByParser(json)).isEqualTo(closing + 1);
            }
        });
        // then it was not only ever the parser that took something
        assertThat(taken.get()).isGreaterThan(500);
    }

    /** As strict as bodies are read, duplicates included. */
    private static long endByParser(byte[] json) {
        var factory = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Json.MAX_DEPTH)
                        .maxNumberLength(100)
                        .maxNameLength(1_024)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = factory.createParser(json)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.currentLocation().getByteOffset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
