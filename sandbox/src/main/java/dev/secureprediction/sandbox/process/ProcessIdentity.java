package dev.secureprediction.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process and no other that later gets its number: a process id means nothing without the start time.
 *
 * @param pid process id
 * @param startTicks start in clock ticks since boot, field 22 of proc(5) `/proc/PID/stat`
 * @param bootId `/proc/sys/kernel/random/boot_id`, since ticks begin anew at every boot
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {

    /** Fields after the closing bracket of the command's name begin with field 3. */
    private static final int START_TIME_AFTER_NAME = 22 - 3;

    /** The living process of that number; empty when there is none. */
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // the name may hold blanks and brackets itself, so count from the last bracket
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[0].equals("Z")) {
                return Optional.empty();
            }
            var bootId =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_TIME_AFTER_NAME]), bootId));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** This Java process. */
    public static ProcessIdentity own() {
        return of(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("/proc is not readable; the sandbox needs Linux"));
    }

    /** Reads what {@link #toLine} wrote; empty when it is damaged. */
    public static Optional<ProcessIdentity> parse(String line) {
        var parts = line.strip().split(" ", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    /** The living process that a file names; empty when there is no such file or no such process. */
    public static Optional<ProcessIdentity> ofClaim(Path file) {
        try {
            return parse(Files.readString(file)).filter(ProcessIdentity::alive);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** One line of text, for a file. */
    public String toLine() {
        return pid + " " + startTicks + " " + bootId + "\n";
    }

    /** Whether this very process still runs. */
    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }
}
