package dev.secureprediction.gateway.audit;

import static dev.secureprediction.gateway.audit.AuditLine.cut;

import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.guardrail.Verdicts;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.model.EndpointIdentity;
import java.util.List;
import java.util.OptionalLong;

/** The members of a call's record, in the order of their names: a new one goes where its name belongs. */
final class CallMembers {
    private final CanonicalObject out;
    private final CallRecord call;

    private CallMembers(CanonicalObject out, CallRecord call) {
        this.out = out;
        this.call = call;
    }

    /**
     * Writes all members.
     *
     * @param prompt parts of the prompt; empty: not recorded
     * @param link writes the member `chain`
     */
    static void write(
            CanonicalObject out, CallRecord call, String pod, String time, PromptParts prompt, Runnable link) {
        new CallMembers(out, call).write(pod, time, prompt, link);
    }

    private void write(String pod, String time, PromptParts prompt, Runnable link) {
        Route route = call.route;
        PolicySnapshot policy = call.policy;
        if (route != null) {
            out.text("action", route.action().name());
        }
        out.number("bytesIn", call.bytesIn).number("bytesOut", call.bytesOut);
        cache();
        link.run();
        if (call.clientAddress != null) {
            out.text("clientAddress", call.clientAddress);
        }
        if (call.clientRequestId != null) {
            out.text("clientRequestId", call.clientRequestId);
        }
        out.text("code", call.code()).text("decision", call.permitted ? "Permit" : "Deny");
        call.decidedAfter.ifPresent(after -> out.milliseconds("decisionMilliseconds", after));
        if (policy != null) {
            EndpointIdentity endpoint = policy.bundle().endpoint();
            out.text("endpoint", endpoint.namespace() + "/" + endpoint.name());
            out.text("environment", endpoint.environment());
        }
        verdicts(call.verdicts().all());
        if (call.caller != null) {
            out.text("issuer", cut(call.caller.issuer()));
        }
        out.text("kind", "call");
        if (call.limitsCounted != null) {
            out.text("limits", call.limitsCounted.name());
        }
        out.text("pod", pod);
        if (policy != null) {
            out.text("policyDigest", policy.digest());
        }
        prompt(prompt);
        Refusal refusal = call.refusal;
        if (refusal != null && !refusal.auditReason().equals(refusal.code().name())) {
            out.text("reason", cut(refusal.auditReason()));
        }
        out.text("requestId", call.requestId);
        if (call.repeated) {
            out.flag("retried", true);
        }
        if (call.role != null) {
            out.text("role", call.role);
        }
        if (route != null) {
            String version = route.version().map(known -> known.wire() + ":").orElse("");
            out.text("route", version + route.operation().wire());
        } else if (call.ownRoute != null) {
            out.text("route", call.ownRoute);
        }
        if (call.trace != null) {
            out.text("spanId", call.trace.spanId());
        }
        out.text("startedAt", time).number("status", call.status.orElse(0));
        if (call.caller != null) {
            out.text("subject", cut(call.caller.subject()));
        }
        if (route != null) {
            out.text("surface", route.surface().name());
        }
        call.tokensUsed.ifPresent(this::tokens);
        if (call.tokensReserved > 0) {
            out.number("tokensReserved", call.tokensReserved);
        }
        out.milliseconds("totalMilliseconds", call.took);
        if (call.trace != null) {
            out.text("traceId", call.trace.traceId());
        }
        upstream();
    }

    private void cache() {
        if (call.cacheHit.isPresent()) {
            boolean hit = call.cacheHit.get();
            out.text("cache", hit ? "Hit" : "Miss");
            if (hit) {
                out.number("cacheAgeSeconds", Math.max(0, call.cacheAge.toSeconds()));
            }
        }
    }

    private void verdicts(List<Verdicts.Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            out.each(
                    "guardrails",
                    verdicts,
                    (member, verdict) -> member.milliseconds("milliseconds", verdict.took())
                            .text("name", verdict.guardrail())
                            .flag("required", verdict.required())
                            .text("stage", verdict.stage().name())
                            .text("verdict", verdict.outcome().name()));
        }
    }

    private void prompt(PromptParts parts) {
        if (call.promptHash != null) {
            out.begin("prompt").text("hash", call.promptHash).end();
        } else if (call.promptLost) {
            out.begin("prompt").flag("lost", true).end();
        } else if (parts.count() > 0) {
            parts.write(out, 0);
        }
    }

    private void tokens(TokensUsed used) {
        out.begin("tokens");
        count("candidates", used.candidates());
        count("prompt", used.prompt());
        count("total", used.total());
        out.end();
    }

    private void upstream() {
        call.firstByteAfter.ifPresent(after -> out.milliseconds("upstreamFirstByteMilliseconds", after));
        call.upstreamTook.ifPresent(took -> out.milliseconds("upstreamMilliseconds", took));
        call.upstreamStatus.ifPresent(status -> out.number("upstreamStatus", status));
    }

    private void count(String name, OptionalLong count) {
        count.ifPresent(value -> out.number(name, value));
    }
}
