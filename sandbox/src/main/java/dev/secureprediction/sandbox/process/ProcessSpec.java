package dev.secureprediction.sandbox.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param name for messages and the record's file name
 * @param command program and arguments; the program is looked up on PATH of {@code environment} when it holds no slash
 * @param environment the whole environment: nothing is inherited
 * @param directory working directory
 * @param log file to which output and errors are appended
 * @param records folder where the process id is noted, so that a later start can end what a killed sandbox left
 */
public record ProcessSpec(
        String name, List<String> command, Map<String, String> environment, Path directory, Path log, Path records) {

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Values of the environment may be secrets. */
    @Override
    public String toString() {
        return "ProcessSpec[" + name + ", " + command.getFirst() + "]";
    }
}
