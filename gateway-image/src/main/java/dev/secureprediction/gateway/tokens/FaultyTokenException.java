package dev.secureprediction.gateway.tokens;

/** A token is refused. Without a stack trace, since anyone can cause it. */
final class FaultyTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final TokenFault fault;

    FaultyTokenException(TokenFault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    TokenFault fault() {
        return fault;
    }
}
