package dev.secureprediction.gateway.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How an error is written, so that the caller's SDK raises the right exception. */
public enum ErrorShape {

    /** `{"error":{code,message,status,details}}` of Google's APIs (AIP-193). */
    GOOGLE("application/json; charset=UTF-8") {
        @Override
        void write(JsonGenerator json, Refusal refusal, String requestId) throws IOException {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", refusal.code().httpStatus());
            json.writeStringField("message", refusal.message());
            json.writeStringField("status", refusal.code().rpcStatus().name());
            json.writeArrayFieldStart("details");
            writeErrorInfo(json, refusal);
            writeRequestInfo(json, requestId);
            if (!refusal.violations().isEmpty()) {
                writeBadRequest(json, refusal);
            }
            if (refusal.shortRetryAfter().isPresent()) {
                json.writeStartObject();
                json.writeStringField("@type", "type.googleapis.com/google.rpc.RetryInfo");
                json.writeStringField(
                        "retryDelay", refusal.shortRetryAfter().get().toSeconds() + "s");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
    },

    /** `{"type":"error","error":{type,message},"request_id"}` of Anthropic's Messages API. */
    ANTHROPIC("application/json") {
        @Override
        void write(JsonGenerator json, Refusal refusal, String requestId) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", anthropicType(refusal.code().httpStatus()));
            json.writeStringField("message", refusal.message());
            json.writeStringField("code", refusal.code().name());
            json.writeEndObject();
            json.writeStringField("request_id", requestId);
            json.writeEndObject();
        }

        @Override
        String event(String json) {
            return "event: error\ndata: " + json + "\n\n";
        }
    },

    /** `{"error":{message,type,param,code}}` of OpenAI's API. */
    OPENAI("application/json") {
        @Override
        void write(JsonGenerator json, Refusal refusal, String requestId) throws IOException {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", refusal.message());
            json.writeStringField("type", openAiType(refusal.code().httpStatus()));
            if (refusal.violations().isEmpty()) {
                json.writeNullField("param");
            } else {
                json.writeStringField("param", refusal.violations().getFirst().field());
            }
            json.writeStringField("code", refusal.code().name());
            json.writeEndObject();
            json.writeEndObject();
        }
    },

    /** `{"error":"text"}` of the Open Inference Protocol and of KServe; the text begins with the code. */
    OPEN_INFERENCE("application/json") {
        @Override
        void write(JsonGenerator json, Refusal refusal, String requestId) throws IOException {
            json.writeStartObject();
            json.writeStringField("error", refusal.code().name() + ": " + refusal.message());
            json.writeEndObject();
        }
    },

    /** RFC 9457, where a path belongs to no surface. */
    PROBLEM("application/problem+json") {
        @Override
        void write(JsonGenerator json, Refusal refusal, String requestId) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "urn:secureprediction:error:" + typeName(refusal.code()));
            json.writeStringField("title", refusal.code().message());
            json.writeNumberField("status", refusal.code().httpStatus());
            json.writeStringField("detail", refusal.message());
            json.writeStringField("code", refusal.code().name());
            json.writeStringField("instance", "urn:uuid:" + requestId);
            json.writeEndObject();
        }
    };

    /** Value of `domain` in google.rpc.ErrorInfo. */
    public static final String DOMAIN = "secureprediction.dev";

    private static final JsonFactory JSON = new JsonFactory();

    private final String contentType;

    ErrorShape(String contentType) {
        this.contentType = contentType;
    }

    /** Value of the answer's Content-Type. */
    public String contentType() {
        return contentType;
    }

    /** The answer's body. */
    public byte[] render(Refusal refusal, String requestId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, refusal, requestId);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return bytes.toByteArray();
    }

    /** The error as the last server-sent event of an answer that has begun, in the form that this shape's clients raise. */
    public byte[] renderEvent(Refusal refusal, String requestId) {
        return event(new String(render(refusal, requestId), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether clients of this shape obey `x-should-retry`, and some of them any `Retry-After`, however long. */
    public boolean saysWhetherToRetry() {
        return this == ANTHROPIC || this == OPENAI;
    }

    String event(String json) {
        return "data: " + json + "\n\n";
    }

    abstract void write(JsonGenerator json, Refusal refusal, String requestId) throws IOException;

    private static void writeErrorInfo(JsonGenerator json, Refusal refusal) throws IOException {
        json.writeStartObject();
        json.writeStringField("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        json.writeStringField("reason", refusal.code().name());
        json.writeStringField("domain", DOMAIN);
        json.writeEndObject();
    }

    private static void writeRequestInfo(JsonGenerator json, String requestId) throws IOException {
        json.writeStartObject();
        json.writeStringField("@type", "type.googleapis.com/google.rpc.RequestInfo");
        json.writeStringField("requestId", requestId);
        json.writeEndObject();
    }

    private static void writeBadRequest(JsonGenerator json, Refusal refusal) throws IOException {
        json.writeStartObject();
        json.writeStringField("@type", "type.googleapis.com/google.rpc.BadRequest");
        json.writeArrayFieldStart("fieldViolations");
        for (FieldViolation violation : refusal.violations()) {
            json.writeStartObject();
            json.writeStringField("field", violation.field());
            json.writeStringField("description", violation.description());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 400, 405, 408, 415, 417, 431, 499 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> "api_error";
        };
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private static String typeName(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
