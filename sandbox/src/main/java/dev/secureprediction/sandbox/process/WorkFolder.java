package dev.secureprediction.sandbox.process;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one running sandbox, {@code sandboxes/ID} in the user's cache. It names its owner, so that the next start can remove
 * what a killed one left: its files and, after comparing start times, its processes.
 */
public final class WorkFolder implements AutoCloseable {

    private static final String SANDBOXES = "sandboxes";
    private static final String OWNER = "owner";
    private static final String PROCESSES = "processes";

    private final UserCache cache;
    private final Path path;

    private WorkFolder(UserCache cache, Path path) {
        this.cache = cache;
        this.path = path;
    }

    /** Removes the folders of sandboxes that were killed, then makes a new one. */
    public static WorkFolder create(UserCache cache) {
        return cache.exclusively(SANDBOXES, () -> {
            sweep(cache);
            var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
            var path = cache.folder(SANDBOXES).resolve(id);
            try {
                // it holds tokens and keys
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.createDirectory(path.resolve(PROCESSES));
                Files.writeString(path.resolve(OWNER), ProcessIdentity.own().toLine());
            } catch (IOException e) {
                throw new SandboxException("cannot make folder " + path + ": " + e.getMessage(), e);
            }
            return new WorkFolder(cache, path);
        });
    }

    /** Folders of the sandboxes that run now, this process's own too. */
    public static List<Path> running(UserCache cache) {
        return cache.exclusively(
                SANDBOXES,
                () -> folders(cache).stream()
                        .filter(folder ->
                                owner(folder).filter(ProcessIdentity::alive).isPresent())
                        .toList());
    }

    /** Short name, unique among this user's sandboxes. */
    public String id() {
        return path.getFileName().toString();
    }

    public Path path() {
        return path;
    }

    /** Where {@link ChildProcess} notes process ids. */
    public Path processes() {
        return path.resolve(PROCESSES);
    }

    /** A folder inside, made when absent. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new SandboxException("cannot make folder " + path.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    /** Deletes the folder. Its processes must have ended. */
    @Override
    public void close() {
        cache.exclusively(SANDBOXES, () -> {
            delete(path);
            return path;
        });
    }

    private static void sweep(UserCache cache) {
        folders(cache).stream()
                .filter(folder -> owner(folder).filter(ProcessIdentity::alive).isEmpty())
                .forEach(folder -> {
                    killLeftovers(folder.resolve(PROCESSES));
                    delete(folder);
                });
    }

    private static void killLeftovers(Path records) {
        list(records)
                .forEach(record -> identity(record)
                        .filter(ProcessIdentity::alive)
                        .flatMap(left -> ProcessHandle.of(left.pid()))
                        .ifPresent(left -> {
                            left.descendants().forEach(ProcessHandle::destroyForcibly);
                            left.destroyForcibly();
                        }));
    }

    private static List<Path> folders(UserCache cache) {
        return list(cache.folder(SANDBOXES));
    }

    private static Optional<ProcessIdentity> owner(Path folder) {
        return identity(folder.resolve(OWNER));
    }

    private static Optional<ProcessIdentity> identity(Path file) {
        try {
            return ProcessIdentity.parse(Files.readString(file));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all in it; symbolic links are not followed. */
    public static void delete(Path folder) {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new SandboxException("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
