package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.probe.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** When each pod was last proven and to what that came, so that a proof is renewed when due and not at every look. */
public final class ProofLedger {

    private static final double SPREAD = 0.2;
    /** Proofs that cannot be renewed count for so many intervals. */
    private static final int MOST_INTERVALS = 3;

    /** What is wrong may be over soon: an account's grant that Google does not see yet. */
    private static final Duration AGAIN_LEAST = Duration.ofSeconds(2);

    private static final int AGAIN_SHARE = 4;

    private final Map<EndpointKey, Map<String, Entry>> entries = new ConcurrentHashMap<>();
    private final Clock clock;
    private final DoubleSupplier dice;

    /**
     * An empty ledger: after a start everything is proven anew.
     *
     * @param dice from 0 to 1
     */
    public ProofLedger(Clock clock, DoubleSupplier dice) {
        this.clock = clock;
        this.dice = dice;
    }

    /** What a pod was proven to be under a policy, while that is fresh. */
    public Optional<List<Verdict>> fresh(EndpointKey key, String pod, String digest) {
        return find(key, pod, digest)
                .filter(entry -> clock.instant().isBefore(entry.due()))
                .map(Entry::verdicts);
    }

    /** The last proof, too old to be fresh, but not too old to count while it cannot be renewed. */
    public Optional<List<Verdict>> aging(EndpointKey key, String pod, String digest, int intervalSeconds) {
        Duration most = Duration.ofSeconds(intervalSeconds).multipliedBy(MOST_INTERVALS);
        return find(key, pod, digest)
                .filter(entry -> clock.instant().isBefore(entry.at().plus(most)))
                .map(Entry::verdicts);
    }

    /**
     * Notes a proof; it is due again after the interval, more or less a fifth. One that shows something wrong is due again after
     * a quarter of the time that this has lasted, from two seconds up to the interval.
     */
    public void note(EndpointKey key, String pod, String digest, List<Verdict> verdicts, int intervalSeconds) {
        Instant now = clock.instant();
        Instant unsoundSince = find(key, pod, digest)
                .filter(before -> !Proofs.isSound(before.verdicts()))
                .map(Entry::unsoundSince)
                .orElse(now);
        Duration interval = Duration.ofSeconds(intervalSeconds);
        Duration pause = Proofs.isSound(verdicts) ? interval : shorter(again(unsoundSince, now), interval);
        double factor = 1 - SPREAD + 2 * SPREAD * dice.getAsDouble();
        Instant due = now.plusMillis(Math.round(pause.toMillis() * factor));
        entries.computeIfAbsent(key, ignored -> new ConcurrentHashMap<>())
                .put(pod, new Entry(digest, verdicts, now, due, unsoundSince));
    }

    private static Duration again(Instant since, Instant now) {
        Duration share = Duration.between(since, now).dividedBy(AGAIN_SHARE);
        return share.compareTo(AGAIN_LEAST) < 0 ? AGAIN_LEAST : share;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** When the next proof is due; forgets pods that are gone. */
    public Optional<Instant> next(EndpointKey key, Collection<String> pods) {
        Map<String, Entry> known = entries.getOrDefault(key, Map.of());
        known.keySet().retainAll(pods);
        return known.values().stream().map(Entry::due).min(Instant::compareTo);
    }

    /** When the oldest of all proofs was made, for the metric of their age. */
    public Optional<Instant> oldest() {
        return entries.values().stream()
                .flatMap(pods -> pods.values().stream())
                .map(Entry::at)
                .min(Instant::compareTo);
    }

    /** An endpoint is gone. */
    public void forget(EndpointKey key) {
        entries.remove(key);
    }

    private Optional<Entry> find(EndpointKey key, String pod, String digest) {
        Instant now = clock.instant();
        return Optional.ofNullable(entries.getOrDefault(key, Map.of()).get(pod))
                .filter(entry -> entry.digest().equals(digest))
                .filter(entry -> !now.isBefore(entry.at())); // the clock was set back: how old it is nobody knows
    }

    /** Since when it is unsound, if it is. */
    private record Entry(String digest, List<Verdict> verdicts, Instant at, Instant due, Instant unsoundSince) {}
}
