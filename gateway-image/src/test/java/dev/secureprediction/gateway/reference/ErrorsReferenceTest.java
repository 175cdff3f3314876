package dev.secureprediction.gateway.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.error.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue of errors says what callers get. */
final class ErrorsReferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = """
            # Errors of a gateway

            Generated from `ErrorCode`; a test fails when this page is stale. Codes are stable. Every answer carries its `X-Request-Id`,
            which the audit record has too; the record's `reason` says more than a caller is told.

            An error has the shape of the API that was called, so that its SDK raises the right exception:

            | surface | the code stands in |
            | --- | --- |
            | `VertexPredict`, `GeminiGenerate` | `error.details[].reason`, domain `secureprediction.dev`; `error.status` is the canonical status |
            | `OpenAIChat` | `error.code`; `error.type` as below |
            | `AnthropicMessages` | `error.code`; `error.type` as below |
            | `OpenInference`, `KServeV1` | before the colon of `error` |
            | no surface's path | `code` of RFC 9457's problem |

            Once a stream has begun its status is out: the error is its last event, in the same shape. A code that begins with `UPSTREAM_` tells of the
            model, not of the caller. 429 and some 503 carry `Retry-After`, at most a minute.

            | code | HTTP | canonical | OpenAI | Anthropic | message |
            | --- | --- | --- | --- | --- | --- |
            """;

    @Test
    void thePageIsTheGeneratedOne() {
        ReferencePage.assertIsCurrent(
                "errors.md",
                HEAD
                        + Arrays.stream(ErrorCode.values())
                                .map(ErrorsReferenceTest::row)
                                .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @EnumSource(ErrorShape.class)
    void everyShapeSaysTheCodeWhereThePageSaysItDoes(ErrorShape shape) {
        JsonNode answer = answer(shape, ErrorCode.ACCESS_DENIED);

        String code = switch (shape) {
            case GOOGLE -> answer.at("/error/details/0/reason").asText();
            case OPENAI, ANTHROPIC -> answer.at("/error/code").asText();
            case OPEN_INFERENCE -> answer.path("error").asText().replaceFirst(":.*", "");
            case PROBLEM -> answer.path("code").asText();
        };
        assertThat(code).isEqualTo("ACCESS_DENIED");
    }

    /** Names are what callers rely on: one that goes, or changes its status, is a change to tell of. */
    @Test
    void noTwoCodesAreTheSameToACaller() {
        Map<String, ErrorCode> messages = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(messages.put(code.message(), code)).as(code.name()).isNull();
            assertThat(code.message()).endsWith(".");
        }
    }

    private static String row(ErrorCode code) {
        return "| `%s` | %d | `%s` | `%s` | `%s` | %s |\n"
                .formatted(
                        code,
                        code.httpStatus(),
                        code.rpcStatus(),
                        answer(ErrorShape.OPENAI, code).at("/error/type").asText(),
                        answer(ErrorShape.ANTHROPIC, code).at("/error/type").asText(),
                        code.message());
    }

    private static JsonNode answer(ErrorShape shape, ErrorCode code) {
        try {
            return JSON.readTree(shape.render(Refusal.of(code), "id"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
