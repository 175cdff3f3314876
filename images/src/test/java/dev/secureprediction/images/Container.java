package dev.secureprediction.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a command in an image's file system as a node does under the restricted profile: as user 65532 in name spaces of its own, without
 * capabilities, without a way to new privileges, on a read-only root with an empty /tmp. Needs user name spaces, not root.
 */
final class Container {

    private static final String INSIDE = """
            set -e
            root=$1; shift
            mkdir -p "$root/proc" "$root/dev"
            mount --bind "$root" "$root"
            mount -t proc proc "$root/proc"
            mount -t tmpfs tmpfs "$root/tmp"
            mount -t tmpfs tmpfs "$root/dev"
            for device in null random urandom; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
            mount -o remount,bind,ro "$root"
            exec unshare --user --map-user=65532 --map-group=65532 --root="$root" --wd=/app "$@"
            """;

    private static final List<String> AS_ROOT_OF_ITS_OWN = List.of(
            "setpriv",
            "--no-new-privs",
            "--pdeathsig=KILL",
            "unshare",
            "--map-root-user",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child");

    private Container() {}

    /** Whether this machine lets its users make name spaces. */
    static boolean isPossible() throws IOException, InterruptedException {
        var command = new ArrayList<>(AS_ROOT_OF_ITS_OWN);
        command.addAll(List.of("unshare", "--user", "--map-user=65532", "--map-group=65532", "true"));
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /** Ends when this Java process does, and with it all that it started. */
    static Process start(OciImage image, Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        var script = Files.writeString(folder.resolve("inside.sh"), INSIDE);
        var all = new ArrayList<>(AS_ROOT_OF_ITS_OWN);
        all.addAll(List.of("sh", script.toString(), image.root().toString()));
        all.addAll(command);
        var builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        OciImage.words(image.config().path("Env")).forEach(variable -> {
            var pair = variable.split("=", 2);
            if (!pair[0].equals("PATH")) {
                builder.environment().put(pair[0], pair[1]);
            }
        });
        builder.environment().putAll(environment);
        return builder.start();
    }
}
