package dev.secureprediction.gateway.surface.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the objects that are being read, to find one that stands twice (RFC 8259, section 4). Small objects, of
 * which a body has thousands, cost no memory of their own.
 */
final class SeenNames {
    private static final int FEW = 16;

    private String[] names = new String[FEW * 4];
    private int count;

    private final int[] starts = new int[Json.MAX_DEPTH + 1];
    private final @Nullable Set<String>[] many = manyPerDepth();
    private int depth = -1;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type has no other way
    private static @Nullable Set<String>[] manyPerDepth() {
        return new Set[Json.MAX_DEPTH + 1];
    }

    /** An object begins. */
    void open() {
        starts[++depth] = count;
    }

    /** It ends. */
    void close() {
        count = starts[depth];
        many[depth--] = null;
    }

    /** Notes a name of the innermost object; whether it had that one before. */
    boolean repeats(String name) {
        Set<String> set = many[depth];
        if (set != null) {
            return !set.add(name);
        }
        int start = starts[depth];
        for (int i = start; i < count; i++) {
            if (names[i].equals(name)) {
                return true;
            }
        }
        if (count - start == FEW) {
            set = new HashSet<>(Arrays.asList(names).subList(start, count));
            set.add(name);
            many[depth] = set;
            return false;
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
        }
        names[count++] = name;
        return false;
    }
}
