package dev.secureprediction.gateway.config;

/** A variable of the environment is wrong; the message names it and says what it must be. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
