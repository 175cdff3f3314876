package dev.secureprediction.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FirstUseTest {
    private final AtomicLong now = new AtomicLong(7);
    private final FirstUse first = new FirstUse(now::get);

    @Test
    void nobodyShouldComeBeforeAPolicyHasSaidWhatIsNeeded() {
        first.look(Map.of());

        assertThat(first.obstacle()).contains("connecting to the model");
    }

    @Test
    void whatIsThereIsWaitedForOnce() {
        // given something that is being made
        CompletableFuture<Void> connection = new CompletableFuture<>();
        AtomicInteger asked = new AtomicInteger();
        first.look(Map.of("model", () -> {
            asked.incrementAndGet();
            return connection;
        }));
        assertThat(first.obstacle()).isPresent();

        // when it is there
        connection.complete(null);

        // then callers may come at once, and it is not made again
        assertThat(first.obstacle()).isEmpty();
        first.look(Map.of("model", () -> {
            asked.incrementAndGet();
            return connection;
        }));
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatFailedIsTriedAgainUntilTheTimeIsOver() {
        AtomicInteger asked = new AtomicInteger();
        Runnable look = () -> first.look(Map.of("model", () -> {
            asked.incrementAndGet();
            return CompletableFuture.failedFuture(new IOException("refused"));
        }));

        look.run();
        look.run();
        assertThat(asked).hasValue(2);
        assertThat(first.obstacle()).isPresent();

        // when it has been tried for long enough
        now.addAndGet(FirstUse.MOST.toNanos());
        look.run();

        // then callers may come without it
        assertThat(asked).hasValue(2);
        assertThat(first.obstacle()).isEmpty();
    }

    @Test
    void whatALaterPolicyNeedsIsMadeWhileCallersCome() {
        // given a gateway that was ready
        first.look(Map.of("model", () -> CompletableFuture.completedFuture(true)));

        // when a policy names another model
        AtomicInteger asked = new AtomicInteger();
        first.look(Map.of("another", () -> {
            asked.incrementAndGet();
            return new CompletableFuture<>();
        }));

        // then that is made, and nobody is kept out
        assertThat(asked).hasValue(1);
        assertThat(first.obstacle()).isEmpty();
    }
}
