package dev.secureprediction.cli;

import java.util.Optional;

/** One line for people about what went wrong. */
final class Problem {

    private Problem() {}

    static String describe(Throwable problem) {
        Throwable cause = problem;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }
}
