package dev.secureprediction.sandbox.node.volume;

/** A volume cannot be filled now; a kubelet says FailedMount and tries again. */
public final class MountException extends Exception {

    public MountException(String message) {
        super(message);
    }

    public MountException(String message, Throwable cause) {
        super(message, cause);
    }
}
