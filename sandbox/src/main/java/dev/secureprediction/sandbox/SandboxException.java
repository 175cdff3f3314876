package dev.secureprediction.sandbox;

/** The sandbox cannot do what was asked. The message is one line: what is wrong and what to do. */
public final class SandboxException extends RuntimeException {

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
