package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.status.CloudReport.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bounded list of differences in status: what is still open keeps its time, what is gone gets one. */
final class DriftLog {

    private static final int MAX_ENTRIES = 16;
    private static final int MAX_TEXT = 1024;

    private DriftLog() {}

    /** Newest first. */
    static List<DriftEntry> merge(List<DriftEntry> before, CloudReport report, List<Drift> clusterDrift, String now) {
        if (!report.read() && clusterDrift.isEmpty()) {
            return before;
        }
        List<DriftEntry> merged = new ArrayList<>();
        List<DriftEntry> rest = new ArrayList<>(before);
        for (Drift drift :
                Stream.concat(clusterDrift.stream(), report.drift().stream()).toList()) {
            Optional<DriftEntry> open = rest.stream()
                    .filter(entry -> entry.revertedAt() == null && isSame(entry, drift))
                    .findFirst();
            open.ifPresent(rest::remove);
            merged.add(new DriftEntry(
                    drift.resource(),
                    field(drift),
                    bounded(drift.desired()),
                    bounded(drift.observed()),
                    open.map(DriftEntry::detectedAt).orElse(now),
                    drift.reverted() ? now : null));
        }
        rest.forEach(entry -> merged.add(entry.revertedAt() == null ? closed(entry, now) : entry));
        return merged.stream().limit(MAX_ENTRIES).toList();
    }

    /** Whether anything differs still. */
    static boolean open(List<DriftEntry> entries) {
        return entries.stream().anyMatch(entry -> entry.revertedAt() == null);
    }

    private static DriftEntry closed(DriftEntry entry, String now) {
        return new DriftEntry(
                entry.resource(), entry.field(), entry.desired(), entry.observed(), entry.detectedAt(), now);
    }

    private static boolean isSame(DriftEntry entry, Drift drift) {
        return entry.resource().equals(drift.resource()) && entry.field().equals(field(drift));
    }

    /** The schema asks for a name; a resource as a whole has none. */
    private static String field(Drift drift) {
        return drift.field().isEmpty() ? "." : drift.field();
    }

    private static String bounded(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
