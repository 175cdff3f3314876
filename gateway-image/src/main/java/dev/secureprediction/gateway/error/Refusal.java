package dev.secureprediction.gateway.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why a call ends without the model's answer.
 *
 * @param code stable code
 * @param message for the caller
 * @param violations fields of the body that are wrong
 * @param retryAfter when trying again makes sense
 * @param auditReason finer than the code; for the audit record, never for the caller
 * @param quota the quota that is used up, where that is why
 */
public record Refusal(
        ErrorCode code,
        String message,
        List<FieldViolation> violations,
        Optional<Duration> retryAfter,
        String auditReason,
        Optional<QuotaState> quota) {

    private static final Duration MAX_PATIENCE = Duration.ofSeconds(60);

    public Refusal {
        violations = List.copyOf(violations);
    }

    /** A refusal that says what its code says. */
    public static Refusal of(ErrorCode code) {
        return of(code, code.name());
    }

    /** A refusal whose audit record says more than its answer. */
    public static Refusal of(ErrorCode code, String auditReason) {
        return new Refusal(code, code.message(), List.of(), Optional.empty(), auditReason, Optional.empty());
    }

    /** A refusal that names the field of the body. */
    public static Refusal ofField(ErrorCode code, FieldViolation violation) {
        String where = violation.field().isEmpty() ? "body" : violation.field();
        return new Refusal(
                code,
                code.message() + " " + where + ": " + violation.description(),
                List.of(violation),
                Optional.empty(),
                code.name(),
                Optional.empty());
    }

    /**
     * Whether a client that repeats calls by itself should: not for minutes, which some of them would wait, and not where
     * only the endpoint's owner can help.
     */
    public boolean isWorthRetrying() {
        return code != ErrorCode.UPSTREAM_UNAUTHENTICATED
                && retryAfter.map(wait -> wait.compareTo(MAX_PATIENCE) <= 0).orElse(true);
    }

    /** What the caller is told to wait: at most a minute, since some SDKs sleep as long as they are told. */
    public Optional<Duration> shortRetryAfter() {
        return retryAfter.map(wait -> wait.compareTo(MAX_PATIENCE) <= 0 ? wait : MAX_PATIENCE);
    }

    /** The same with another message for the caller. */
    public Refusal withMessage(String other) {
        return new Refusal(code, other, violations, retryAfter, auditReason, quota);
    }

    /** The same with a finer reason in its audit record. */
    public Refusal withAuditReason(String finer) {
        return new Refusal(code, message, violations, retryAfter, finer, quota);
    }

    /** The same with a time to wait. */
    public Refusal withRetryAfter(Duration wait) {
        return new Refusal(code, message, violations, Optional.of(wait), auditReason, quota);
    }

    /** The same, because this quota is used up. */
    public Refusal withQuota(QuotaState state) {
        return new Refusal(code, message, violations, retryAfter, auditReason, Optional.of(state));
    }
}
