package dev.secureprediction.gateway.limits;

/** The shared store could not be asked, and calls are to be refused then. Carries no stack trace. */
public final class StoreDownException extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreDownException(String message) {
        super(message, null, false, false);
    }
}
