package dev.secureprediction.gateway.audit;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.policy.model.EndpointIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as lines of JSON in the shape that Cloud Logging reads: severity, time, message, labels, trace, and the
 * chained record itself in `secureprediction`, whose members stand in the order of their names. For one thread.
 */
final class AuditLine {
    private static final int MAX_TEXT = 512;
    private static final int KEPT = 64 * 1024;

    private final JsonBytes bytes = new JsonBytes(4 * 1024);
    private final CanonicalObject record = new CanonicalObject(bytes);
    private final AuditChain chain;
    private final String pod;
    private String labelled = "";
    private String labels = "";

    AuditLine(AuditChain chain, String pod) {
        this.chain = chain;
        this.pod = pod;
    }

    /** The first record: whose key signs those that follow. */
    void opened(Instant now, JsonBytes lines) {
        String time = now.toString();
        begin();
        record.text("kind", "opened")
                .text("pod", pod)
                .text("publicKey", chain.publicKey())
                .text("startedAt", time);
        end(lines, "INFO", time, "audit log opened", true);
    }

    /** A signature for the records before. */
    void checkpoint(String kind, Instant now, JsonBytes lines) {
        String time = now.toString();
        begin();
        record.text("kind", kind).text("pod", pod).text("startedAt", time);
        end(lines, "INFO", time, "audit log " + kind, true);
    }

    /** Says how many calls went on without a record, because the policy prefers that to refusing them. */
    void lost(long count, Instant now, JsonBytes lines) {
        String time = now.toString();
        begin();
        record.number("count", count).text("kind", "lost").text("pod", pod).text("startedAt", time);
        end(lines, "ERROR", time, "audit records lost: " + count, false);
    }

    /** A call's record and, where its prompt is long, more records with the rest of it. */
    void call(CallRecord call, boolean sign, JsonBytes lines) {
        PromptParts prompt = call.promptText == null ? PromptParts.NONE : PromptParts.of(call.promptText);
        String time = call.startedAt.toString();
        label(call.policy);
        bytes.clear();
        record.begin();
        CallMembers.write(record, call, pod, time, prompt, () -> chain.link(record, bytes));
        end(lines, severity(call), time, message(call), trace(call), sign && prompt.count() <= 1);
        for (int part = 1; part < prompt.count(); part++) {
            begin();
            record.text("kind", "prompt").text("pod", pod);
            prompt.write(record, part);
            record.text("requestId", call.requestId).text("startedAt", time);
            end(lines, "INFO", time, "prompt, part " + (part + 1), sign && part == prompt.count() - 1);
        }
        bytes.shrinkTo(KEPT);
    }

    private void begin() {
        bytes.clear();
        record.begin();
        chain.link(record, bytes);
    }

    private void end(JsonBytes lines, String severity, String time, String message, boolean sign) {
        end(lines, severity, time, message, "", sign);
    }

    private void end(JsonBytes lines, String severity, String time, String message, String moreMembers, boolean sign) {
        record.end();
        lines.ascii("{\"severity\":\"" + severity + "\",\"time\":\"" + time + "\",\"message\":");
        lines.string(message);
        lines.ascii(labels);
        lines.ascii(moreMembers);
        lines.ascii(",\"secureprediction\":");
        chain.seal(bytes, lines, sign);
        lines.ascii("}\n");
    }

    /** Labels change with the policy only. */
    private void label(@Nullable PolicySnapshot policy) {
        if (policy == null || policy.digest().equals(labelled)) {
            return;
        }
        labelled = policy.digest();
        EndpointIdentity endpoint = policy.bundle().endpoint();
        // names of Kubernetes objects: nothing in them needs escaping
        labels = ",\"logging.googleapis.com/labels\":{\"secureprediction.dev/endpoint-name\":\"" + endpoint.name()
                + "\",\"secureprediction.dev/endpoint-namespace\":\"" + endpoint.namespace()
                + "\",\"secureprediction.dev/environment\":\"" + endpoint.environment() + "\"}";
    }

    /** Joins the entry to its trace in Cloud Trace. */
    private static String trace(CallRecord call) {
        if (call.trace == null || call.policy == null) {
            return "";
        }
        // digits, and a project id: nothing in them needs escaping
        return ",\"logging.googleapis.com/trace\":\"projects/"
                + call.policy.bundle().upstream().project() + "/traces/" + call.trace.traceId()
                + "\",\"logging.googleapis.com/spanId\":\"" + call.trace.spanId()
                + "\",\"logging.googleapis.com/trace_sampled\":" + call.trace.sampled();
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

    static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
