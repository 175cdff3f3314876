package dev.secureprediction.operator.tls;

/** PEM text that cannot be read; the message never holds the text. */
public final class InvalidPemException extends Exception {

    public InvalidPemException(String message) {
        super(message);
    }

    public InvalidPemException(String message, Throwable cause) {
        super(message, cause);
    }
}
