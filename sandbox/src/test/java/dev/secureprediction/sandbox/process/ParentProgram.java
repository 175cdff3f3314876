package dev.secureprediction.sandbox.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Java process with a child that has children itself; prints their ids and waits to be killed. */
final class ParentProgram {

    private ParentProgram() {}

    public static void main(String[] arguments) {
        var folder = WorkFolder.create(new UserCache(Path.of(arguments[0])));
        var child = ChildProcess.start(new ProcessSpec(
                "family",
                List.of("/bin/sh", "-c", "sleep 600 & echo $!; sleep 600"),
                Map.of(),
                folder.path(),
                folder.path().resolve("family.log"),
                folder.processes()));
        System.out.println(child.pid() + " " + folder.path());
        child.onExit().join();
    }
}
