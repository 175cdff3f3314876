package dev.secureprediction.gateway.health;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;

/** One call through a breaker; what became of it is told once, whatever is said later. For one thread. */
public final class Attempt {
    private final CircuitBreaker breaker;
    private final boolean granted;
    private boolean told;

    Attempt(CircuitBreaker breaker, boolean granted) {
        this.breaker = breaker;
        this.granted = granted;
        this.told = !granted;
    }

    /** Whether the breaker lets it through. */
    public boolean isGranted() {
        return granted;
    }

    /** The model answered, if only that the request is wrong. */
    public void succeeded() {
        if (!told) {
            told = true;
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    /** The model could not be reached, failed, or has no capacity. */
    public void failed() {
        if (!told) {
            told = true;
            breaker.onError(0, TimeUnit.NANOSECONDS, new UpstreamFailedException());
        }
    }

    /** It ended for a reason that says nothing of the model. */
    public void abandoned() {
        if (!told) {
            told = true;
            breaker.releasePermission();
        }
    }

    private static final class UpstreamFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        UpstreamFailedException() {
            super("the model failed", null, false, false);
        }
    }
}
