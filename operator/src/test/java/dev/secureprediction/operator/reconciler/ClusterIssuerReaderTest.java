package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.resolve.ClusterIssuer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Keys of the cluster's issuer are at hand as soon as the API server gives them, and stay while it does not. */
final class ClusterIssuerReaderTest {

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final ClusterIssuerReader reader = new ClusterIssuerReader(this::page, new MovedClock(time));

    @Test
    void aFirstReadingThatFailsIsSoonTriedAgain() {
        // given an API server with hundreds of new endpoints to write, which does not answer in time
        down.set(true);
        assertThat(reader.get()).isEmpty();
        assertThat(reader.get()).isEmpty();
        assertThat(asked).hasValue(1);

        // when it does, seconds later
        down.set(false);
        pass(Duration.ofSeconds(6));

        // then no gateway goes without what it can be proven by for minutes
        assertThat(reader.get()).map(ClusterIssuer::url).contains("https://cluster");
    }

    @Test
    void whatWasReadStaysWhileItCannotBeReadAgain() {
        assertThat(reader.get()).isPresent();
        down.set(true);

        pass(Duration.ofMinutes(6));
        assertThat(reader.get()).isPresent();
        pass(Duration.ofMinutes(6));
        assertThat(reader.get()).isPresent();
    }

    @Test
    void aClockSetBackHasItReadAgain() {
        // given keys that were read by a clock that was an hour ahead
        reader.get();
        int before = asked.get();

        // when somebody sets it right
        pass(Duration.ofHours(-1));
        reader.get();

        // then they are read now, not in an hour
        assertThat(asked.get()).isGreaterThan(before);
    }

    @Test
    void oneThatFailsDoesNotUndoWhatAnotherHasRead() throws InterruptedException {
        // given two that ask at once, of whom the first has no answer, and the other would have one
        var other = new AtomicReference<Thread>();
        var crowded = new AtomicReference<ClusterIssuerReader>();
        crowded.set(new ClusterIssuerReader(
                path -> {
                    if (other.get() == null) {
                        other.set(Thread.startVirtualThread(() -> crowded.get().get()));
                        join(other.get(), Duration.ofMillis(500));
                        throw new KubernetesClientException("timed out");
                    }
                    return page(path);
                },
                new MovedClock(time)));
        assertThat(crowded.get().get()).isEmpty();
        other.get().join();

        pass(Duration.ofSeconds(6));

        assertThat(crowded.get().get()).isPresent();
    }

    private static void join(Thread thread, Duration most) {
        try {
            thread.join(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String page(String path) {
        asked.incrementAndGet();
        if (down.get()) {
            throw new KubernetesClientException("timed out");
        }
        return path.endsWith("jwks") ? "{\"keys\":[]}" : "{\"issuer\":\"https://cluster\"}";
    }

    private void pass(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }
}
