package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.operator.cloud.CloudException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Projects do not hold each other up. */
final class ProjectLanesTest {

    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final AtomicLong time = new AtomicLong();
    private final ProjectLanes lanes = new ProjectLanes(2, 10, PATIENCE, time::get);

    @Test
    void a_project_that_hangs_keeps_two_workers_and_no_more() throws InterruptedException {
        // given two calls that hang
        CountDownLatch hanging = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        Runnable hang = () -> lanes.reading("slow", () -> {
            hanging.countDown();
            await(end);
            return "late";
        });
        Thread one = Thread.startVirtualThread(hang);
        Thread two = Thread.startVirtualThread(hang);
        hanging.await();

        // then a third worker is sent away, and all others are served
        assertThatThrownBy(() -> lanes.reading("slow", () -> "never"))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessageContaining("projects/slow");
        assertThat(lanes.writing("slow", () -> "written")).isEqualTo("written");
        assertThat(lanes.reading("quick", () -> "read")).isEqualTo("read");

        // and the places come back
        end.countDown();
        one.join();
        two.join();
        assertThat(lanes.reading("slow", () -> "read")).isEqualTo("read");
    }

    @Test
    void no_more_begin_in_a_second_than_may() {
        // a pause is worth two seconds
        for (int i = 0; i < 20; i++) {
            assertThat(lanes.reading("p", () -> "read")).isEqualTo("read");
        }
        assertThat(lanes.reading("p", () -> "now")).isEqualTo("now");
        assertThatThrownBy(() -> lanes.reading("p", () -> "never")).isInstanceOf(CloudException.Unavailable.class);

        time.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(lanes.reading("p", () -> "read")).isEqualTo("read");
    }

    @Test
    void a_rate_that_is_used_up_closes_the_lane_for_as_long_as_google_says() {
        assertThatThrownBy(() -> lanes.reading("p", () -> {
                    throw new CloudException.QuotaExceeded("reads", Optional.of(Duration.ofSeconds(5)));
                }))
                .isInstanceOf(CloudException.QuotaExceeded.class);

        assertThatThrownBy(() -> lanes.reading("p", () -> "never")).isInstanceOf(CloudException.Unavailable.class);
        assertThat(lanes.writing("p", () -> "written")).isEqualTo("written");

        time.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(lanes.reading("p", () -> "read")).isEqualTo("read");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
