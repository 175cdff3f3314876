package dev.secureprediction.gateway.health;

import dev.secureprediction.gateway.usage.VersionScanner;
import dev.secureprediction.policy.model.Model;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Which version the model says it is, in the answers of real calls. One answer in ten seconds is looked into: versions change far more
 * rarely, and all other calls pay a comparison of two numbers for it.
 */
public final class ModelVersions {
    /** Between two answers that are looked into. */
    public static final Duration PAUSE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final AtomicLong due;
    private final AtomicReference<Optional<Seen>> last = new AtomicReference<>(Optional.empty());

    private record Seen(Model model, String version) {}

    /** Nothing yet. */
    public ModelVersions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.due = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * What is to read this call's answer, when one is due.
     *
     * @param asked the model that is called; a role's route may lead to another than the contract's
     * @param model the contract's
     */
    public Optional<VersionScanner> look(Model asked, Model model) {
        long now = nanoTime.getAsLong();
        long at = due.get();
        return now - at >= 0 && asked.equals(model) && due.compareAndSet(at, now + PAUSE.toNanos())
                ? Optional.of(new VersionScanner(version -> last.set(Optional.of(new Seen(model, version)))))
                : Optional.empty();
    }

    /** What this model last said. */
    public Optional<String> of(Model model) {
        return last.get().filter(seen -> seen.model().equals(model)).map(Seen::version);
    }
}
