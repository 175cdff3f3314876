package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;

/** What callers are told by guardrails: never which rule, never what was found. */
final class Refusals {
    private Refusals() {}

    static Refusal requestBlocked(Rail rail) {
        return Refusal.of(ErrorCode.CONTENT_BLOCKED, "GUARDRAIL:" + rail.name());
    }

    static Refusal answerBlocked(Rail rail) {
        return Refusal.of(ErrorCode.ANSWER_BLOCKED, "GUARDRAIL:" + rail.name());
    }

    static Refusal answerUnscreenable(Rail rail) {
        return Refusal.of(ErrorCode.ANSWER_UNSCREENABLE, "UNSCREENABLE:" + rail.name());
    }

    static Refusal failed(Rail rail) {
        return Refusal.of(ErrorCode.SCREENING_UNAVAILABLE, "GUARDRAIL_FAILED:" + rail.name());
    }

    static Refusal noText(String pointer) {
        return Refusal.ofField(
                ErrorCode.BODY_MALFORMED,
                new FieldViolation(pointer, "holds half of a surrogate pair, which is no character"));
    }

    static Refusal unscreenable(Rail rail, String pointer) {
        return Refusal.ofField(
                        ErrorCode.CONTENT_UNSCREENABLE,
                        new FieldViolation(pointer, "cannot be screened; send it as text, or leave it out"))
                .withAuditReason("UNSCREENABLE:" + rail.name());
    }
}
