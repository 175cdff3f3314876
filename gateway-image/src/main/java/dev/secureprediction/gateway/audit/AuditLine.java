package dev.secureprediction.gateway.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.guardrail.Verdicts;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.model.EndpointIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes a record as one line of JSON in the shape that Cloud Logging reads: severity, message, time, and the rest. */
final class AuditLine {
    private static final int MAX_TEXT = 512;

    private final JsonFactory json =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final String pod;

    AuditLine(String pod) {
        this.pod = pod;
    }

    /** The line with its end. */
    byte[] of(CallRecord call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("severity", severity(call));
            out.writeStringField("message", message(call));
            out.writeStringField("time", call.startedAt.toString());
            out.writeObjectFieldStart("secureprediction");
            out.writeStringField("kind", "call");
            out.writeStringField("requestId", call.requestId);
            out.writeStringField("pod", pod);
            writePolicy(out, Optional.ofNullable(call.policy));
            writeCaller(out, call);
            writeRoute(out, Optional.ofNullable(call.route));
            writeDecision(out, call);
            writeVerdicts(out, call.verdicts().all());
            writeUpstream(out, call);
            out.writeNumberField("bytesIn", call.bytesIn);
            out.writeNumberField("bytesOut", call.bytesOut);
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static String severity(CallRecord call) {
        int status = call.status.orElse(0);
        if (call.refusal == null) {
            return "INFO";
        }
        return status >= 500 && status != 504 ? "ERROR" : "WARNING";
    }

    private static String message(CallRecord call) {
        String what = call.theRoute()
                .map(route -> route.surface() + " " + route.operation().wire())
                .orElse("call");
        return what + (call.permitted ? " permitted, " : " refused, ") + call.status.orElse(0) + " " + call.code();
    }

    private static void writePolicy(JsonGenerator out, Optional<PolicySnapshot> policy) throws IOException {
        if (policy.isEmpty()) {
            return;
        }
        EndpointIdentity endpoint = policy.get().bundle().endpoint();
        out.writeStringField("environment", endpoint.environment());
        out.writeStringField("endpoint", endpoint.namespace() + "/" + endpoint.name());
        out.writeStringField("policyDigest", policy.get().digest());
    }

    private static void writeCaller(JsonGenerator out, CallRecord call) throws IOException {
        if (call.caller != null) {
            out.writeStringField("issuer", cut(call.caller.issuer()));
            out.writeStringField("subject", cut(call.caller.subject()));
        }
    }

    private static void writeRoute(JsonGenerator out, Optional<Route> route) throws IOException {
        if (route.isEmpty()) {
            return;
        }
        out.writeStringField("surface", route.get().surface().name());
        out.writeStringField("action", route.get().action().name());
        out.writeStringField(
                "route",
                route.get().version().map(version -> version.wire() + ":").orElse("")
                        + route.get().operation().wire());
    }

    private static void writeDecision(JsonGenerator out, CallRecord call) throws IOException {
        out.writeStringField("decision", call.permitted ? "Permit" : "Deny");
        if (call.role != null) {
            out.writeStringField("role", call.role);
        }
        out.writeNumberField("status", call.status.orElse(0));
        out.writeStringField("code", call.code());
        Refusal refusal = call.refusal;
        if (refusal != null && !refusal.auditReason().equals(refusal.code().name())) {
            out.writeStringField("reason", cut(refusal.auditReason()));
        }
        if (call.limitsCounted != null) {
            out.writeStringField("limits", call.limitsCounted.name());
        }
        if (call.decidedAfter.isPresent()) {
            writeMillis(out, "decisionMilliseconds", call.decidedAfter.get());
        }
        writeMillis(out, "totalMilliseconds", call.took);
    }

    private static void writeVerdicts(JsonGenerator out, List<Verdicts.Verdict> verdicts) throws IOException {
        if (verdicts.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("guardrails");
        for (Verdicts.Verdict verdict : verdicts) {
            out.writeStartObject();
            out.writeStringField("name", verdict.guardrail());
            out.writeBooleanField("required", verdict.required());
            out.writeStringField("stage", verdict.stage().name());
            out.writeStringField("verdict", verdict.outcome().name());
            writeMillis(out, "milliseconds", verdict.took());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeUpstream(JsonGenerator out, CallRecord call) throws IOException {
        if (call.upstreamStatus.isPresent()) {
            out.writeNumberField("upstreamStatus", call.upstreamStatus.getAsInt());
        }
        if (call.firstByteAfter.isPresent()) {
            writeMillis(out, "upstreamFirstByteMilliseconds", call.firstByteAfter.get());
        }
        if (call.upstreamTook.isPresent()) {
            writeMillis(out, "upstreamMilliseconds", call.upstreamTook.get());
        }
        if (call.cacheHit.isPresent()) {
            out.writeStringField("cache", call.cacheHit.get() ? "Hit" : "Miss");
            if (call.cacheHit.get()) {
                out.writeNumberField("cacheAgeSeconds", Math.max(0, call.cacheAge.toSeconds()));
            }
        }
        if (call.repeated) {
            out.writeBooleanField("retried", true);
        }
        if (call.tokensReserved > 0) {
            out.writeNumberField("tokensReserved", call.tokensReserved);
        }
        if (call.tokensUsed.isPresent()) {
            TokensUsed used = call.tokensUsed.get();
            out.writeObjectFieldStart("tokens");
            writeCount(out, "prompt", used.prompt());
            writeCount(out, "candidates", used.candidates());
            writeCount(out, "total", used.total());
            out.writeEndObject();
        }
    }

    private static void writeCount(JsonGenerator out, String name, OptionalLong count) throws IOException {
        if (count.isPresent()) {
            out.writeNumberField(name, count.getAsLong());
        }
    }

    private static void writeMillis(JsonGenerator out, String name, Duration duration) throws IOException {
        out.writeNumberField(name, Math.rint(duration.toNanos() / 1e3) / 1e3);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
