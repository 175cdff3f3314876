package dev.secureprediction.gateway.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Finds answers and lets one call of many equal ones ask the model (single flight, in this pod). */
public final class AnswerCache {
    private final AnswerStore local;
    private final Optional<AnswerStore> shared;
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    /**
     * A cache over these stores.
     *
     * @param local keeps answers in this pod
     * @param shared keeps them for all pods, instead; absent: there is none
     */
    public AnswerCache(AnswerStore local, Optional<AnswerStore> shared) {
        this.local = local;
        this.shared = shared;
    }

    /**
     * Looks for an answer.
     *
     * @param key tells apart whatever may be answered differently, or to somebody else
     * @param time how long an answer is kept
     * @param inShared whether the policy has a store that all pods share
     */
    public CompletableFuture<Lookup> find(String key, Duration time, boolean inShared) {
        AnswerStore store = inShared ? shared.orElse(local) : local;
        Flight mine = new Flight(answer -> {
            answer.ifPresent(found -> store.keep(key, found, time));
            flights.remove(key);
        });
        Flight other = flights.putIfAbsent(key, mine);
        if (other != null) {
            return other.landed().thenCompose(answer -> {
                if (answer.isEmpty() && other.wasAbandoned()) {
                    return find(key, time, inShared); // not all at once: the first of them asks now
                }
                return CompletableFuture.completedFuture(
                        answer.<Lookup>map(Lookup.Hit::new).orElseGet(Lookup.Alone::new));
            });
        }
        return store.find(key).thenApply(answer -> {
            if (answer.isEmpty()) {
                return new Lookup.Lead(mine);
            }
            flights.remove(key);
            mine.found(answer.get());
            return new Lookup.Hit(answer.get());
        });
    }

    /** Calls that ask the model for others now. */
    public int flying() {
        return flights.size();
    }
}
