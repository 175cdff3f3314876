package dev.secureprediction.operator.promotion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was admitted for one endpoint, newest first.
 *
 * @param entries each pair of contract and image once
 */
public record History(List<Admitted> entries) {

    private static final Comparator<Admitted> NEWEST_FIRST =
            Comparator.comparingLong(Admitted::revision).reversed();

    /** Nothing yet. */
    public static final History EMPTY = new History(List.of());

    /** How many are kept, beside those that something refers to. */
    public static final int KEPT = 10;

    public History {
        entries = entries.stream().sorted(NEWEST_FIRST).toList();
    }

    /** What serves, or last did. */
    public Optional<Admitted> latest() {
        return entries.stream().findFirst();
    }

    /** The last admission of a contract, however it came in. */
    public Optional<Admitted> ofContract(String digest) {
        return entries.stream()
                .filter(entry -> entry.contractDigest().equals(digest))
                .findFirst();
    }

    /** The last admission of a contract that rests on more than an exception. */
    public Optional<Admitted> proof(String digest) {
        return entries.stream()
                .filter(entry -> entry.isProven() && entry.contractDigest().equals(digest))
                .findFirst();
    }

    /** Whether the contract was here before, on more than an exception. */
    public boolean provesContract(String digest) {
        return proof(digest).isPresent();
    }

    /** Whether the gateway image was here before, on more than an exception. */
    public boolean provesImage(String image) {
        return entries.stream()
                .anyMatch(entry -> entry.isProven() && entry.image().equals(image));
    }

    /**
     * With an admission on top. The same when it is there already, so that nothing is written; going back moves the old one up.
     *
     * @param next its revision is given here
     * @param referenced digests that something still refers to; these are kept beside the last ten
     */
    public History following(Admitted next, Set<String> referenced) {
        Optional<Admitted> latest = latest();
        if (latest.filter(entry -> entry.is(next)).isPresent()) {
            return latest.get().isProven() || !next.isProven()
                    ? kept(referenced)
                    : replacing(next.at(latest.get().at(), latest.get().revision()))
                            .kept(referenced);
        }
        Admitted entry = entries.stream()
                .filter(old -> old.is(next) && old.isProven() && !next.isProven())
                .findFirst()
                .orElse(next);
        long revision = latest.map(Admitted::revision).orElse(0L) + 1;
        return replacing(entry.at(next.at(), revision)).kept(referenced);
    }

    /** Without what is neither recent nor referred to. */
    public History kept(Set<String> referenced) {
        List<Admitted> kept = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (i < KEPT || referenced.contains(entries.get(i).contractDigest())) {
                kept.add(entries.get(i));
            }
        }
        return kept.size() == entries.size() ? this : new History(kept);
    }

    private History replacing(Admitted entry) {
        List<Admitted> all = new ArrayList<>(entries);
        all.removeIf(old -> old.is(entry));
        all.add(entry);
        return new History(all);
    }
}
