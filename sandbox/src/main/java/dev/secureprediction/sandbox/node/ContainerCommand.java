package dev.secureprediction.sandbox.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a container comes to as a process.
 *
 * @param command program and arguments
 * @param environment all of it
 * @param directory working directory
 */
record ContainerCommand(List<String> command, Map<String, String> environment, Path directory) {

    ContainerCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Values of the environment may be secrets. */
    @Override
    public String toString() {
        return "ContainerCommand[" + (command.isEmpty() ? "" : command.getFirst()) + "]";
    }
}
