package dev.secureprediction.gateway.policy;

/** A file of the policy directory is refused; the message says which and why. */
final class PolicyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    PolicyRefusedException(String message) {
        super(message);
    }

    PolicyRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
