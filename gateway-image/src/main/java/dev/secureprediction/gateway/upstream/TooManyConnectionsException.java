package dev.secureprediction.gateway.upstream;

/** There are as many connections to this server as there may be. */
public final class TooManyConnectionsException extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyConnectionsException() {
        super("too many connections", null, false, false);
    }
}
