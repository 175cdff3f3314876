package dev.secureprediction.gateway.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a first call would wait for is made before callers are sent here: the credential, and a connection to every model of
 * the policy. On a busy machine that takes longer than a contract lets a call wait. Readiness waits for it, but not for long:
 * what cannot be had is told once, and calls to it fail by themselves. What a later policy adds is made likewise, while
 * calls go on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // it is told of what becomes of them
public final class FirstUse {
    private static final Logger LOG = LoggerFactory.getLogger(FirstUse.class);

    /** Readiness waits for so long. */
    public static final Duration MOST = Duration.ofSeconds(3);

    private final LongSupplier nanos;

    // guarded by this
    private final Map<String, Need> needs = new LinkedHashMap<>();
    private boolean settledOnce;

    private static final class Need {
        private final long since;
        private boolean settled;
        private boolean trying;
        private String trouble = "no answer";

        Need(long since) {
            this.since = since;
        }
    }

    /**
     * Nothing is needed yet.
     *
     * @param nanos a clock that only goes on
     */
    public FirstUse(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Why no caller should come yet; empty once everything that the first policy needs was had or given up. */
    public synchronized Optional<String> obstacle() {
        return settledOnce ? Optional.empty() : Optional.of("connecting to the model");
    }

    /** Makes what is not there yet, by name, and tries again what failed; to be called now and then. */
    public synchronized void look(Map<String, Supplier<CompletableFuture<?>>> wanted) {
        needs.keySet().retainAll(wanted.keySet());
        wanted.forEach((name, making) -> {
            Need need = needs.computeIfAbsent(name, added -> new Need(nanos.getAsLong()));
            if (need.settled) {
                return;
            }
            if (nanos.getAsLong() - need.since >= MOST.toNanos()) {
                need.settled = true;
                LOG.warn("ready without {}: {}", name, need.trouble);
            } else if (!need.trying) {
                need.trying = true;
                making.get().whenComplete((made, failure) -> tried(need, failure));
            }
        });
        settle();
    }

    private synchronized void tried(Need need, Throwable failure) {
        need.trying = false;
        if (failure == null) {
            need.settled = true;
        } else {
            // the class only: messages can quote what others sent
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            need.trouble = cause.getClass().getSimpleName();
        }
        settle();
    }

    private void settle() {
        settledOnce |= !needs.isEmpty() && needs.values().stream().allMatch(need -> need.settled);
    }
}
