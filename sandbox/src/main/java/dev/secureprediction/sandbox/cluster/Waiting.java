package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again until something holds. */
final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Waiting() {}

    /**
     * @param what for the message when time is up
     * @param guard throws when waiting is in vain
     */
    static void until(String what, Duration limit, Runnable guard, BooleanSupplier condition) {
        var end = System.nanoTime() + limit.toNanos();
        while (!holds(condition)) {
            guard.run();
            if (System.nanoTime() > end) {
                throw new SandboxException(what + " was not there after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new SandboxException("interrupted while waiting for " + what);
            }
        }
    }

    /** A server that is just starting refuses connections and forbids everything. */
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }
}
