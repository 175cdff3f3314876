package dev.secureprediction.sandbox.node.volume;

import dev.secureprediction.sandbox.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder whose files change all at once: each is a link through {@code ..data}, which points to a folder of one version (Kubernetes,
 * pkg/volume/util/atomic_writer.go).
 */
final class AtomicFolder {

    private static final String DATA = "..data";
    private static final String NEXT = "..data_tmp";
    private static final String ALL = "rwxrwxrwx";

    private final Path folder;
    private Map<String, FileContent> present = Map.of();
    private boolean written;
    private long version;

    AtomicFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether anything changed; as a kubelet does, what somebody did to the files themselves is undone. */
    boolean write(Map<String, FileContent> files) throws IOException {
        if (written && files.equals(present) && isOnDisk(files)) {
            return false;
        }
        Files.createDirectories(folder);
        version++;
        var fresh = Files.createDirectory(folder.resolve("..version_" + version));
        for (var file : files.entrySet()) {
            var path = fresh.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().bytes());
            Files.setPosixFilePermissions(path, permissions(file.getValue().mode()));
        }
        Files.createSymbolicLink(folder.resolve(NEXT), fresh.getFileName());
        Files.move(folder.resolve(NEXT), folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        linkNames(files.keySet());
        WorkFolder.delete(folder.resolve("..version_" + (version - 1)));
        present = Map.copyOf(files);
        written = true;
        return true;
    }

    private boolean isOnDisk(Map<String, FileContent> files) {
        try {
            for (var file : files.entrySet()) {
                if (!Arrays.equals(
                        Files.readAllBytes(folder.resolve(file.getKey())),
                        file.getValue().bytes())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void linkNames(Set<String> paths) throws IOException {
        var wanted = paths.stream().map(path -> path.split("/", 2)[0]).collect(Collectors.toSet());
        for (var name : wanted) {
            var link = folder.resolve(name);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
        for (var link : links()) {
            if (!wanted.contains(link.getFileName().toString())) {
                Files.delete(link);
            }
        }
    }

    private List<Path> links() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith(".."))
                    .toList();
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var text = new StringBuilder(ALL.length());
        for (var bit = 0; bit < ALL.length(); bit++) {
            text.append((mode & (0400 >> bit)) == 0 ? '-' : ALL.charAt(bit));
        }
        return PosixFilePermissions.fromString(text.toString());
    }
}
