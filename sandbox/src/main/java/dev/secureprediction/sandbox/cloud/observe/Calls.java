package dev.secureprediction.sandbox.cloud.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The log of calls, oldest first; it keeps the last 100,000. */
public final class Calls {
    private static final int LIMIT = 100_000;

    private final List<Call> log = new ArrayList<>();
    private volatile Consumer<Call> listener = call -> {};

    /** Logs a call that was done, before its answer is sent. */
    public void record(Call call) {
        synchronized (this) {
            if (log.size() == LIMIT) {
                log.subList(0, LIMIT / 10).clear();
            }
            log.add(call);
        }
        listener.accept(call);
    }

    /** From now on this one is told of each call that was done, before its answer is sent. */
    public void told(Consumer<Call> next) {
        listener = next;
    }

    public List<Call> all() {
        return matching(call -> true);
    }

    /** Calls answered at this time or later. */
    public List<Call> since(Instant time) {
        return matching(call -> !call.time().isBefore(time));
    }

    /** Calls that would change something, failed ones included. */
    public List<Call> mutating() {
        return matching(Call::mutating);
    }

    /** Calls since a time that would change something: none, once everything has settled. */
    public List<Call> mutatingSince(Instant time) {
        return matching(call -> call.mutating() && !call.time().isBefore(time));
    }

    /** Calls of a method by its simple name, `DeployModel`. */
    public List<Call> of(String simpleMethod) {
        return matching(call -> call.simpleMethod().equals(simpleMethod));
    }

    private synchronized List<Call> matching(Predicate<Call> wanted) {
        return log.stream().filter(wanted).toList();
    }
}
