package dev.secureprediction.gateway.answer;

/** An answer cannot be cut into frames. */
final class UnreadableAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param reason for the audit record: a name, nothing of the answer
     */
    UnreadableAnswerException(String reason) {
        super(reason, null, false, false);
    }
}
