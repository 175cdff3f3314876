package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PolicyTurnsTest {

    private static final int EDITS = 200;

    private final PolicyTurns turns = new PolicyTurns();
    private final AtomicInteger editing = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void onePolicyIsEditedByOneAtATime() {
        // when many edit one policy at once
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < EDITS; i++) {
                threads.execute(() -> turns.alone("projects/one", this::edit));
            }
        }

        // then no two of them met
        assertThat(most).hasValue(1);
    }

    @Test
    void anEditThatFailsGivesItsTurnBack() {
        // given an edit that failed
        assertThatThrownBy(() -> turns.alone("projects/one", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        // then the next one is made
        turns.alone("projects/one", this::edit);
        assertThat(most).hasValue(1);
    }

    private void edit() {
        most.accumulateAndGet(editing.incrementAndGet(), Math::max);
        Thread.onSpinWait();
        editing.decrementAndGet();
    }
}
