package dev.secureprediction.gateway.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.policy.model.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a caller is told when the model's API answers with an error. Its words are passed on only where they help the
 * caller (its own request was wrong) and name nothing of the project.
 */
final class UpstreamErrors {
    /** Longer error bodies are not read, in bytes. */
    static final int MAX_BODY = 64 * 1024;

    private static final int MAX_MESSAGE = 1_000;
    private static final long MAX_RETRY_SECONDS = 3_600;
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build());
    private static final List<String> TELLTALES =
            List.of("projects/", "googleapis", "gserviceaccount", "://", "@", ".goog", "aiplatform.");

    private UpstreamErrors() {}

    /**
     * What a caller is told.
     *
     * @param status HTTP status of the model's API, not 2xx
     * @param retryAfterHeader its `Retry-After`
     * @param body its body, or the beginning of it
     */
    static Refusal map(int status, Optional<String> retryAfterHeader, byte[] body, Upstream upstream) {
        JsonNode error = error(body);
        Refusal refusal = Refusal.of(code(status), reason(status, error));
        if (refusal.code() == ErrorCode.UPSTREAM_INVALID_ARGUMENT) {
            refusal = harmless(error.path("message").asText(""), upstream)
                    .map(refusal::withMessage)
                    .orElse(refusal);
        }
        if (refusal.code() == ErrorCode.UPSTREAM_EXHAUSTED || refusal.code() == ErrorCode.UPSTREAM_UNAVAILABLE) {
            return retryAfter(retryAfterHeader, error)
                    .map(refusal::withRetryAfter)
                    .orElse(refusal);
        }
        return refusal;
    }

    /** What a caller is told of an error in the middle of an answer that began well. */
    static Refusal inAnswer(byte[] frame, Upstream upstream) {
        int status = frame.length > MAX_BODY ? 0 : error(frame).path("code").asInt();
        return status >= 400 && status < 600
                ? map(status, Optional.empty(), frame, upstream)
                : Refusal.of(ErrorCode.UPSTREAM_FAILED, "UNREADABLE_ANSWER");
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 400, 422 -> ErrorCode.UPSTREAM_INVALID_ARGUMENT;
            case 401 -> ErrorCode.UPSTREAM_UNAUTHENTICATED;
            case 403 -> ErrorCode.UPSTREAM_PERMISSION_DENIED;
            case 404 -> ErrorCode.UPSTREAM_NOT_FOUND;
            case 413 -> ErrorCode.UPSTREAM_TOO_LARGE;
            case 429 -> ErrorCode.UPSTREAM_EXHAUSTED;
            case 503 -> ErrorCode.UPSTREAM_UNAVAILABLE;
            case 504 -> ErrorCode.UPSTREAM_FIRST_BYTE_TIMEOUT;
            default -> ErrorCode.UPSTREAM_FAILED;
        };
    }

    private static String reason(int status, JsonNode error) {
        String said = error.path("status").asText("");
        return "UPSTREAM_" + status + (said.matches("[A-Z_]{1,40}") ? ":" + said : "");
    }

    /** Google's error object; some of its services wrap it in an array. */
    private static JsonNode error(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return (tree.isArray() ? tree.path(0) : tree).path("error");
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    private static Optional<String> harmless(String message, Upstream upstream) {
        String lower = message.toLowerCase(Locale.ROOT);
        boolean tells = Stream.concat(
                        TELLTALES.stream(),
                        Stream.of(upstream.project(), upstream.projectNumber(), upstream.authority()))
                .anyMatch(part -> lower.contains(part.toLowerCase(Locale.ROOT)));
        boolean printable = message.chars().allMatch(character -> character >= ' ' && character != 0x7f);
        return message.isBlank() || message.length() > MAX_MESSAGE || tells || !printable
                ? Optional.empty()
                : Optional.of(message);
    }

    /** `Retry-After` in seconds, or google.rpc.RetryInfo. */
    private static Optional<Duration> retryAfter(Optional<String> header, JsonNode error) {
        Optional<String> seconds = header.filter(value -> value.matches("[0-9]{1,9}"));
        if (seconds.isEmpty()) {
            for (JsonNode detail : error.path("details")) {
                String delay = detail.path("retryDelay").asText("");
                if (delay.matches("[0-9]{1,9}(\\.[0-9]{1,9})?s")) {
                    int end = delay.indexOf('.') < 0 ? delay.length() - 1 : delay.indexOf('.');
                    seconds = Optional.of(delay.substring(0, end));
                }
            }
        }
        return seconds.map(
                value -> Duration.ofSeconds(Math.min(Math.max(1, Long.parseLong(value)), MAX_RETRY_SECONDS)));
    }
}
