package dev.secureprediction.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.tokens.TestTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One token, kept fresh; one mint at a time; the old one to its end when minting fails. */
final class FreshTokenTest {
    private final TestTime time = new TestTime();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger minted = new AtomicInteger();
    private volatile boolean down;
    private final FreshToken token = new FreshToken(this::mint, timer, time);

    private AccessToken mint() throws IOException {
        if (down) {
            throw new IOException("ya29.secret in a message of the library");
        }
        return new AccessToken(
                "ya29.secret-" + minted.incrementAndGet(), time.instant().plusSeconds(3_600));
    }

    @AfterEach
    void end() {
        token.close();
        timer.shutdownNow();
    }

    @Test
    void aTokenIsMintedOnceAndKept() {
        AccessToken first = token.get().join();
        assertThat(token.get().join()).isSameAs(first);
        assertThat(token.now()).containsSame(first);
        assertThat(minted).hasValue(1);
        assertThat(first).hasToString("AccessToken[redacted, expires 2026-11-22T13:00:00Z]");
    }

    @Test
    void itIsRenewedAheadOfItsEnd() {
        token.get().join();
        long wait = timer.getQueue().stream()
                .mapToLong(task -> ((java.util.concurrent.Delayed) task).getDelay(TimeUnit.SECONDS))
                .min()
                .orElseThrow();
        assertThat(wait).isBetween(3_600L - FreshToken.AHEAD.toSeconds() - 60, 3_600L - FreshToken.AHEAD.toSeconds());
    }

    @Test
    void whileMintingFailsTheOldOneServesToItsEnd() {
        token.get().join();
        down = true;
        time.advance(Duration.ofSeconds(3_599));
        assertThat(token.now()).isPresent();
        time.advance(Duration.ofSeconds(1));
        assertThat(token.now()).isEmpty();
        assertThatThrownBy(() -> token.get().join())
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageNotContaining("ya29");
    }

    @Test
    void manyCallersCauseOneMint() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (FreshToken slow = new FreshToken(
                () -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return mint();
                },
                timer,
                time)) {
            var first = slow.get();
            var second = slow.get();
            go.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isSameAs(second.get(10, TimeUnit.SECONDS));
            assertThat(minted).hasValue(1);
        }
    }

    @Test
    void aTokenThatWasRejectedIsNotUsedAgain() {
        AccessToken first = token.get().join();
        token.reject(first);
        assertThat(token.get().join()).isNotSameAs(first);
    }
}
