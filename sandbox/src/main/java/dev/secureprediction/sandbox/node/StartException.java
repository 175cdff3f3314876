package dev.secureprediction.sandbox.node;

/** A container cannot be started now. */
final class StartException extends Exception {

    private final String reason;
    private final String detail;

    /** A kubelet's waiting reason, for instance CreateContainerConfigError. */
    StartException(String reason, String message) {
        super(message);
        this.reason = reason;
        this.detail = message;
    }

    String detail() {
        return detail;
    }

    String reason() {
        return reason;
    }
}
