package dev.secureprediction.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads a model's version from answers in pieces of any size, and believes the answer, not the model's words in it. */
final class VersionScannerTest {

    private static List<String> scan(String text, int pieceSize) {
        List<String> found = new ArrayList<>();
        VersionScanner scanner = new VersionScanner(found::add);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += pieceSize) {
            scanner.scan(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + pieceSize)));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
    void isFoundInEveryFraming(int pieceSize) {
        String answer =
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"say \\\"hi\\\"}\"}]}}], \"modelVersion\" : \"gemini-2.5-flash-002\"}";
        assertThat(scan(answer, pieceSize)).containsExactly("gemini-2.5-flash-002");
        assertThat(scan("[" + answer + ",\n" + answer + "]", pieceSize)).containsExactly("gemini-2.5-flash-002");
        assertThat(scan("data: " + answer + "\n\ndata: " + answer + "\n\n", pieceSize))
                .containsExactly("gemini-2.5-flash-002");
        assertThat(scan("{\"predictions\":[1.5],\"modelVersionId\":\"17\"}", pieceSize))
                .containsExactly("17");
    }

    @Test
    void whatTheModelSaysIsNotBelieved() {
        assertThat(scan("{\"text\":\"\\\"modelVersion\\\":\\\"forged\\\"\"}", 5))
                .isEmpty();
        assertThat(scan(
                        "{\"candidates\":[{\"functionCall\":{\"args\":{\"modelVersion\":\"forged\"}}}],\"modelVersion\":\"true-1\"}",
                        5))
                .containsExactly("true-1");
        assertThat(scan("{\"a\":\"modelVersion\",\"b\":\"forged\"}", 5)).isEmpty();
    }

    @Test
    void whatIsNoVersionIsNone() {
        assertThat(scan("{\"modelVersion\":null,\"other\":\"x\"}", 3)).isEmpty();
        assertThat(scan("{\"modelVersion\":[\"x\"]}", 3)).isEmpty();
        assertThat(scan("{\"modelVersion\":\"two words\"}", 3)).isEmpty();
        assertThat(scan("{\"modelVersion\":\"" + "x".repeat(100_000) + "\"}", 4_096))
                .isEmpty();
        assertThat(scan("{\"modelVersion\":\"a\\u0062\"}", 3)).isEmpty();
    }
}
