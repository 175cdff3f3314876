package dev.secureprediction.gateway.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A directory whose files are replaced together, as a kubelet fills it: it swaps the symbolic link `..data`. Looking costs
 * one system call there, one per file elsewhere.
 */
public final class PolicyDirectory {
    static final String POLICY = "policy.json";
    static final String ISSUER_KEYS = "issuer-keys.json";
    static final String REVOCATIONS = "revocations.json";

    private static final int MAX_BYTES = 1024 * 1024;

    private final Path directory;
    private final List<String> names;

    private PolicyDirectory(Path directory, List<String> names) {
        this.directory = directory;
        this.names = names;
    }

    public static PolicyDirectory ofPolicy(Path directory) {
        return new PolicyDirectory(directory, List.of(POLICY, ISSUER_KEYS, REVOCATIONS));
    }

    /** A directory with other files. */
    public static PolicyDirectory of(Path directory, String... names) {
        return new PolicyDirectory(directory, List.of(names));
    }

    /** Differs whenever some file may differ. */
    public String stamp() {
        try {
            return Files.readSymbolicLink(directory.resolve("..data")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            StringBuilder stamp = new StringBuilder();
            for (String name : names) {
                stamp.append(stamp(name)).append(';');
            }
            return stamp.toString();
        }
    }

    private String stamp(String name) {
        try {
            Path file = directory.resolve(name);
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + "," + attributes.size() + "," + attributes.fileKey();
        } catch (IOException e) {
            return Files.exists(directory, LinkOption.NOFOLLOW_LINKS) ? "absent" : "no directory";
        }
    }

    /**
     * The file's bytes; empty when there is no such file.
     *
     * @throws IOException when it cannot be read or is larger than 1 MiB
     */
    public Optional<byte[]> read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("larger than 1 MiB");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
