package dev.secureprediction.gateway.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.trace.TraceContext;
import dev.secureprediction.gateway.usage.TokensUsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes calls as spans: one of the call, and below it one of the model's work, named and attributed as OpenTelemetry's
 * semantic conventions for HTTP and generative AI say. Nothing of a prompt, an answer or a caller is in them.
 */
final class SpanMessage {
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int ERROR = 2;

    private final JsonFactory json = new JsonFactory();
    private final String pod;

    SpanMessage(String pod) {
        this.pod = pod;
    }

    byte[] of(List<CallRecord> calls) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(calls.size() * 2_048);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("resourceSpans");
            out.writeStartObject();
            OtlpJson.resource(out, pod);
            out.writeArrayFieldStart("scopeSpans");
            out.writeStartObject();
            OtlpJson.scope(out);
            out.writeArrayFieldStart("spans");
            for (CallRecord call : calls) {
                server(out, call, call.trace().orElseThrow());
                if (call.upstreamTook().isPresent()) {
                    model(out, call, call.trace().orElseThrow());
                }
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void server(JsonGenerator out, CallRecord call, TraceContext trace) throws IOException {
        String name = call.theRoute()
                .map(route -> route.operation().method() + " " + route.surface() + " "
                        + route.operation().wire())
                .orElse("HTTP");
        begin(out, trace.traceId(), trace.spanId(), trace.parentId(), name, SERVER);
        times(out, call.startedAt(), call.took());
        out.writeArrayFieldStart("attributes");
        if (call.theRoute().isPresent()) {
            OtlpJson.attribute(
                    out,
                    "http.request.method",
                    call.theRoute().get().operation().method());
        }
        OtlpJson.attribute(out, "http.response.status_code", call.answerStatus());
        OtlpJson.attribute(out, "secureprediction.request_id", call.requestId());
        OtlpJson.attribute(out, "secureprediction.decision", call.isPermitted() ? "Permit" : "Deny");
        end(out, call, call.answerStatus() >= 500);
    }

    private static void model(JsonGenerator out, CallRecord call, TraceContext trace) throws IOException {
        Optional<String> operation = call.theRoute().flatMap(SpanMessage::operation);
        Optional<String> model = call.modelName();
        String name =
                operation.orElse("predict") + model.map(value -> " " + value).orElse("");
        begin(out, trace.traceId(), trace.upstreamSpanId(), Optional.of(trace.spanId()), name, CLIENT);
        times(
                out,
                call.startedAt().plus(call.upstreamStartedAfter()),
                call.upstreamTook().orElseThrow());
        out.writeArrayFieldStart("attributes");
        OtlpJson.attribute(out, "gen_ai.provider.name", "gcp.vertex_ai");
        if (operation.isPresent()) {
            OtlpJson.attribute(out, "gen_ai.operation.name", operation.get());
        }
        if (model.isPresent()) {
            OtlpJson.attribute(out, "gen_ai.request.model", model.get());
        }
        if (call.usage().isPresent()) {
            usage(out, call.usage().get());
        }
        end(out, call, !call.code().equals("OK"));
    }

    private static void usage(JsonGenerator out, TokensUsed used) throws IOException {
        if (used.prompt().isPresent()) {
            OtlpJson.attribute(out, "gen_ai.usage.input_tokens", used.prompt().getAsLong());
        }
        if (used.candidates().isPresent()) {
            OtlpJson.attribute(
                    out, "gen_ai.usage.output_tokens", used.candidates().getAsLong());
        }
    }

    private static Optional<String> operation(Route route) {
        Operation operation = route.operation();
        return switch (operation) {
            case GENERATE_CONTENT, STREAM_GENERATE_CONTENT -> Optional.of("generate_content");
            case CHAT, STREAM_CHAT, MESSAGES, STREAM_MESSAGES -> Optional.of("chat");
            case EMBED_CONTENT, EMBEDDINGS -> Optional.of("embeddings");
            default -> Optional.empty();
        };
    }

    private static void begin(
            JsonGenerator out, String traceId, String spanId, Optional<String> parent, String name, int kind)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("traceId", traceId);
        out.writeStringField("spanId", spanId);
        if (parent.isPresent()) {
            out.writeStringField("parentSpanId", parent.get());
        }
        out.writeStringField("name", name);
        out.writeNumberField("kind", kind);
    }

    private static void times(JsonGenerator out, Instant start, Duration took) throws IOException {
        out.writeStringField("startTimeUnixNano", nanos(start));
        out.writeStringField("endTimeUnixNano", nanos(start.plus(took)));
    }

    private static String nanos(Instant at) {
        return Long.toString(at.getEpochSecond() * 1_000_000_000 + at.getNano());
    }

    private static void end(JsonGenerator out, CallRecord call, boolean failed) throws IOException {
        if (!call.code().equals("OK")) {
            OtlpJson.attribute(out, "error.type", call.code());
        }
        out.writeEndArray();
        if (failed) {
            out.writeObjectFieldStart("status");
            out.writeNumberField("code", ERROR);
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
