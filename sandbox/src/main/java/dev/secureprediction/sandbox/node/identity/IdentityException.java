package dev.secureprediction.sandbox.node.identity;

/** No credential for the pod. Carries the status that the metadata server answers. */
public final class IdentityException extends Exception {

    private final int status;

    public IdentityException(int status, String message) {
        super(message);
        this.status = status;
    }

    public IdentityException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
