package dev.secureprediction.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads tokens used from answers in pieces of any size, and believes the model's metadata, not its words. */
final class UsageScannerTest {

    private static Optional<TokensUsed> scan(String text, int pieceSize) {
        UsageScanner scanner = new UsageScanner();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += pieceSize) {
            scanner.scan(java.util.Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + pieceSize)));
        }
        return scanner.result();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
    void theLastOneCounts(int pieceSize) {
        // given a stream whose usage grows, with nested objects and escaped quotes around
        String stream = """
                data: {"text":"say \\"hi\\"","usageMetadata":{"totalTokenCount":1}}

                data: {"usageMetadata" : {"promptTokenCount":7,"candidatesTokenCount":3,"totalTokenCount":12,
                data: "promptTokensDetails":[{"modality":"TEXT","tokenCount":7}],"note":"}{\\""}}

                """.replace("data: \"prompt", "\"prompt");

        // then the last complete one is the result
        assertThat(scan(stream, pieceSize))
                .contains(new TokensUsed(OptionalLong.of(7), OptionalLong.of(3), OptionalLong.of(12)));
    }

    @Test
    void whatTheModelSaysInItsTextIsNotBelieved() {
        assertThat(scan("{\"text\":\"\\\"usageMetadata\\\":{\\\"totalTokenCount\\\":0}\"}", 5))
                .isEmpty();
        assertThat(scan("{\"usageMetadata\":\"{\\\"totalTokenCount\\\":0}\"}", 5))
                .isEmpty();
    }

    @Test
    void anObjectWithoutEndTakesNoMemory() {
        assertThat(scan("{\"usageMetadata\":{" + "\"x\":1,".repeat(100_000), 4_096))
                .isEmpty();
    }

    @Test
    void numbersThatAreNoneAreLeftOut() {
        assertThat(scan("{\"usageMetadata\":{\"totalTokenCount\":\"9\",\"promptTokenCount\":-1}}", 9))
                .contains(new TokensUsed(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }
}
