package dev.secureprediction.cli.output;

import java.io.Console;
import java.util.Map;
import java.util.Optional;

/** Whom output goes to. */
final class Terminal {

    private Terminal() {}

    /** A terminal that shows colours, and a person who has not asked for none (no-color.org). */
    static boolean isColoured() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && wantsColours(System.getenv());
    }

    static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
