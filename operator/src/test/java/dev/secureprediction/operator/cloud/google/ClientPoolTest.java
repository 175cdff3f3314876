package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ClientPoolTest {

    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final ClientPool<String, String> pool = new ClientPool<>(
            2,
            Duration.ofMinutes(20),
            key -> {
                opened.add(key);
                return key;
            },
            closed::add,
            nanos::get);

    @Test
    void keeps_what_is_used_again() {
        use("a");
        use("a");

        assertThat(opened).containsExactly("a");
        assertThat(closed).isEmpty();
    }

    @Test
    void closes_the_least_recently_used_beyond_its_capacity() {
        use("a");
        use("b");
        use("a");
        use("c");

        assertThat(closed).containsExactly("b");
    }

    @Test
    void closes_what_is_idle() {
        use("a");
        nanos.addAndGet(Duration.ofMinutes(21).toNanos());
        use("b");

        assertThat(closed).containsExactly("a");
    }

    @Test
    void never_closes_what_is_in_use() {
        pool.with("a", a -> {
            use("b");
            use("c");
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            use("d");
            assertThat(closed).doesNotContain("a");
            return a;
        });
    }

    @Test
    void closes_all_in_the_end() {
        use("a");
        use("b");
        pool.close();

        assertThat(closed).containsExactlyInAnyOrder("a", "b");
    }

    private void use(String key) {
        assertThat(pool.<String>with(key, value -> value)).isEqualTo(key);
    }
}
