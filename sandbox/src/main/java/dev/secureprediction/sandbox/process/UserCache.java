package dev.secureprediction.sandbox.process;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * This user's folder for binaries and running sandboxes: {@code $XDG_CACHE_HOME/secure-prediction}, by default under {@code ~/.cache}
 * (XDG Base Directory Specification).
 *
 * @param root the folder; made when first used
 */
public record UserCache(Path root) {

    /** By file: a file's lock belongs to the process, not to the thread. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    public static UserCache ofUser() {
        var base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return new UserCache(base.resolve("secure-prediction"));
    }

    /** A folder in it, made when absent. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new SandboxException("cannot make folder " + root.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    /** Runs something while no other process or thread of this user runs something under the same name. */
    public <T> T exclusively(String name, Supplier<T> action) {
        var file = folder("locks").resolve(name);
        var threads = THREADS.computeIfAbsent(file, first -> new ReentrantLock());
        threads.lock();
        // closing the channel ends the lock
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return action.get();
        } catch (IOException e) {
            throw new SandboxException("cannot lock " + file + ": " + e.getMessage(), e);
        } finally {
            threads.unlock();
        }
    }
}
