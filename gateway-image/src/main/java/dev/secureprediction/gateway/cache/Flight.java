package dev.secureprediction.gateway.cache;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The one call for a key that asks the model, while equal ones wait. It must land, with an answer or without. */
public final class Flight {
    private final CompletableFuture<Optional<StoredAnswer>> landed = new CompletableFuture<>();
    private final Consumer<Optional<StoredAnswer>> first;
    private volatile boolean abandoned;

    /**
     * A flight that has begun.
     *
     * @param first hears of its end before those who wait
     */
    Flight(Consumer<Optional<StoredAnswer>> first) {
        this.first = first;
    }

    /** This answer may be kept, and given to all who wait. */
    public void land(StoredAnswer answer) {
        end(Optional.of(answer));
    }

    /** No answer that may be kept; those who wait ask the model themselves. Does nothing where it has landed. */
    public void giveUp() {
        end(Optional.empty());
    }

    /** Its caller left before there was an answer; one of those who wait may ask in its place. Does nothing where it has landed. */
    public void abandon() {
        if (!landed.isDone()) {
            abandoned = true;
            end(Optional.empty());
        }
    }

    /** Whether nothing is known of the answer but that its caller left. */
    boolean wasAbandoned() {
        return abandoned;
    }

    CompletableFuture<Optional<StoredAnswer>> landed() {
        return landed;
    }

    /** It was there all the time: nothing to keep. */
    void found(StoredAnswer answer) {
        landed.complete(Optional.of(answer));
    }

    private void end(Optional<StoredAnswer> answer) {
        if (!landed.isDone()) {
            first.accept(answer);
            landed.complete(answer);
        }
    }
}
