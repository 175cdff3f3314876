package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class TurnsTest {

    private final Turns turns = new Turns(1);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whoSomebodyWaitsForGoesFirst() throws InterruptedException {
        // given one at work, and two that only look again waiting for their turn
        var end = new CountDownLatch(1);
        var working = start("at work", end);
        await().until(() -> order.contains("at work"));
        var again = start("looks again", new CountDownLatch(0));
        var later = start("looks again later", new CountDownLatch(0));

        // when one comes that somebody waits for, and the first ends
        var changed = start(() -> turns.awaited(() -> order.add("changed")));
        end.countDown();
        for (var thread : List.of(working, again, later, changed)) {
            thread.join();
        }

        // then it was the next, and the others kept their order
        assertThat(order).containsExactly("at work", "changed", "looks again", "looks again later");
    }

    @Test
    void whatChangedIsNotLookedAtAsItWas() throws InterruptedException {
        // given one at work, and two that only look again waiting for their turn
        var end = new CountDownLatch(1);
        var working = start("at work", end);
        await().until(() -> order.contains("at work"));
        var overtaken = new AtomicReference<Optional<String>>();
        var again = start(() -> overtaken.set(turns.lookingAgain("changed", () -> "as it was")));
        var later = start("looks again later", new CountDownLatch(0));

        // when what the first of them would look at has changed, then that one is over at once
        turns.overtake("changed");
        again.join();
        assertThat(overtaken.get()).isEmpty();

        // and neither one at work nor the others are, nor is a turn lost
        turns.overtake("at work");
        end.countDown();
        working.join();
        later.join();
        assertThat(order).containsExactly("at work", "looks again later");
        assertThat(turns.awaited(() -> "done")).isEqualTo("done");
    }

    @Test
    void failingGivesTheTurnBack() {
        // given work that failed
        assertThatThrownBy(() -> turns.awaited(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        // then the next one has its turn
        assertThat(turns.lookingAgain("it", () -> "done")).hasValue("done");
    }

    /** Looks again at what it is called by. */
    private Thread start(String name, CountDownLatch end) {
        return start(() -> turns.lookingAgain(name, () -> {
            order.add(name);
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return name;
        }));
    }

    /** Returns once it is at work, or waits. */
    private static Thread start(Runnable work) {
        var thread = Thread.ofVirtual().start(work);
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }
}
