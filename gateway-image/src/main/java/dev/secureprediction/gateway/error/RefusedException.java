package dev.secureprediction.gateway.error;

/** Ends a stage of the pipeline. It carries no stack trace: refusing is ordinary and must stay cheap under attack. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.code().name(), null, false, false);
        this.refusal = refusal;
    }

    public static RefusedException of(ErrorCode code) {
        return new RefusedException(Refusal.of(code));
    }

    public static RefusedException of(ErrorCode code, String auditReason) {
        return new RefusedException(Refusal.of(code, auditReason));
    }

    public Refusal refusal() {
        return refusal;
    }
}
