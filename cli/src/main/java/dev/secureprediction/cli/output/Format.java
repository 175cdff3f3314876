package dev.secureprediction.cli.output;

import java.util.Locale;

/** What a command prints. */
public enum Format {
    TEXT,
    JSON,
    YAML;

    /** As it is given and shown on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
