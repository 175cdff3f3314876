package dev.secureprediction.gateway.server;

import java.io.Serial;

/** A request line is sound but for its HTTP version, which is not served here. */
final class OtherVersionException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    OtherVersionException() {
        super("an HTTP version that is not served");
    }
}
