package dev.secureprediction.cli;

import dev.secureprediction.sandbox.RunningSandbox;
import dev.secureprediction.sandbox.Sandbox;
import java.util.List;
import java.util.Optional;

/** The running sandbox that a command means. */
final class ChosenSandbox {

    /** Names one where several run; {@code spe env} sets it. */
    static final String VARIABLE = "SPE_SANDBOX";

    private ChosenSandbox() {}

    /**
     * The one that the environment names, else the youngest.
     *
     * @throws IllegalStateException when there is none
     */
    static RunningSandbox find() {
        return among(Sandbox.running(), Optional.ofNullable(System.getenv(VARIABLE)));
    }

    static RunningSandbox among(List<RunningSandbox> youngestFirst, Optional<String> id) {
        return youngestFirst.stream()
                .filter(sandbox -> id.isEmpty() || sandbox.id().equals(id.get()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        id.map(name -> VARIABLE + ": sandbox " + name + " is not running; unset it to use another")
                                .orElse("no sandbox is running; start one with ./spe sandbox")));
    }
}
