package dev.secureprediction.gateway.guardrail;

/** A screener gave no clear answer. */
final class ScreeningFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param reason for the operational log: a name, nothing of the text or the answer
     */
    ScreeningFailedException(String reason) {
        super(reason, null, false, false);
    }
}
