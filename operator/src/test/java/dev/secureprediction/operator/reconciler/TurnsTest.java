package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class TurnsTest {

    private final Turns turns = new Turns(1);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whoSomebodyWaitsForGoesFirst() throws InterruptedException {
        // given one at work, and two that only look again waiting for their turn
        var end = new CountDownLatch(1);
        var working = start(false, "at work", end);
        await().until(() -> order.contains("at work"));
        var again = start(false, "looks again", new CountDownLatch(0));
        var later = start(false, "looks again later", new CountDownLatch(0));

        // when one comes that somebody waits for, and the first ends
        var changed = start(true, "changed", new CountDownLatch(0));
        end.countDown();
        for (var thread : List.of(working, again, later, changed)) {
            thread.join();
        }

        // then it was the next, and the others kept their order
        assertThat(order).containsExactly("at work", "changed", "looks again", "looks again later");
    }

    @Test
    void failingGivesTheTurnBack() {
        // given work that failed
        assertThatThrownBy(() -> turns.during(true, () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        // then the next one has its turn
        assertThat(turns.during(false, () -> "done")).isEqualTo("done");
    }

    /** Returns once it is at work, or waits. */
    private Thread start(boolean isAwaited, String name, CountDownLatch end) {
        var thread = Thread.ofVirtual()
                .start(() -> turns.during(isAwaited, () -> {
                    order.add(name);
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return name;
                }));
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }
}
