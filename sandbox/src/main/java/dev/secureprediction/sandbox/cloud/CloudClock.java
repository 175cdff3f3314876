package dev.secureprediction.sandbox.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The cloud's time: the machine's, moved ahead as tests wish. */
public final class CloudClock implements InstantSource {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    /** Lets this much time pass at once: tokens expire, operations finish, deleted accounts are purged. */
    public void advance(Duration duration) {
        ahead.updateAndGet(duration::plus);
    }
}
