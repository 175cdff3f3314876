package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.process.ChildProcess;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The hook before a container is stopped; only its sleep is known here. */
final class PreStop {

    private PreStop() {}

    static Duration of(Container container) {
        return Optional.ofNullable(container.getLifecycle())
                .map(lifecycle -> lifecycle.getPreStop())
                .map(hook -> hook.getSleep())
                .map(sleep -> Duration.ofSeconds(sleep.getSeconds()))
                .orElse(Duration.ZERO);
    }

    /** Hooks that this node cannot do. */
    static Optional<String> refusal(Container container) {
        var lifecycle = container.getLifecycle();
        if (lifecycle == null) {
            return Optional.empty();
        }
        var known = lifecycle.getPostStart() == null
                && (lifecycle.getPreStop() == null || lifecycle.getPreStop().getSleep() != null);
        return known ? Optional.empty() : Optional.of("a lifecycle hook (only preStop.sleep)");
    }

    /** Waits; shorter when the process ends by itself. */
    static void sleep(Duration pause, ChildProcess process) {
        try {
            process.onExit().get(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException over) {
            // the usual case: it still runs
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
