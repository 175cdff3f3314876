package dev.secureprediction.operator.promotion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which records of one application and environment are no longer needed. */
public final class Pruning {

    /** How many are kept in any case. */
    public static final int KEPT = 10;

    private Pruning() {}

    /** A record by name. */
    public record Named(String name, Verification said) {}

    /**
     * Those that are neither among the last ten that still count nor referred to.
     *
     * @param referenced digests of contracts that are asked for or admitted anywhere in the application
     */
    public static List<String> superfluous(List<Named> records, Set<String> referenced, Instant now) {
        List<Named> newestFirst = records.stream()
                .sorted(Comparator.comparingLong((Named record) -> record.said().iat())
                        .reversed()
                        .thenComparing(Named::name))
                .toList();
        List<String> superfluous = new ArrayList<>();
        int counting = 0;
        for (Named record : newestFirst) {
            boolean isRecent = !record.said().isOver(now) && counting++ < KEPT;
            if (!isRecent && !referenced.contains(record.said().contractDigest())) {
                superfluous.add(record.name());
            }
        }
        return superfluous;
    }
}
