package dev.secureprediction.sandbox.node;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Puts the real folder where a value names a mounted one. A process has no mount namespace, so a path inside a larger value, or in a
 * file, stays as it is.
 */
final class MountPaths {

    private final List<Map.Entry<String, Path>> mounts;

    MountPaths(Map<String, Path> mounts) {
        // of nested mounts the inner one counts
        this.mounts = mounts.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Path> mount) ->
                                mount.getKey().length())
                        .reversed())
                .toList();
    }

    /** The value, its mountPath at the beginning replaced if it has one. */
    String real(String value) {
        for (var mount : mounts) {
            var path = mount.getKey();
            if (value.equals(path) || value.startsWith(path.endsWith("/") ? path : path + "/")) {
                return mount.getValue() + value.substring(path.length());
            }
        }
        return value;
    }
}
