package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pauses between restarts. */
class BackOffTest {

    @Test
    void restartsAtOnceAndThenEverLaterUpToFiveMinutes() {
        var backOff = new BackOff(Duration.ofSeconds(10));

        assertThat(Stream.generate(() -> backOff.after(Duration.ZERO)).limit(8).map(Duration::toSeconds))
                .containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
    }

    @Test
    void forgetsAfterTenGoodMinutes() {
        var backOff = new BackOff(Duration.ofSeconds(10));
        backOff.after(Duration.ZERO);
        backOff.after(Duration.ZERO);

        assertThat(backOff.after(Duration.ofMinutes(11))).isZero();
        assertThat(backOff.after(Duration.ZERO)).hasSeconds(10);
    }

    @Test
    void aPullNeverGoesOnWithoutAPause() {
        var backOff = new BackOff(Duration.ofSeconds(10));

        assertThat(backOff.next()).hasSeconds(10);
        assertThat(backOff.next()).hasSeconds(20);
    }
}
