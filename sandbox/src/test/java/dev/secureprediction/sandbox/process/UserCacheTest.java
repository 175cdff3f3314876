package dev.secureprediction.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for whom. */
final class UserCacheTest {

    @TempDir
    private Path folder;

    @Test
    void whatTakesMinutesHoldsUpNothingOfAnotherName() throws Exception {
        var cache = new UserCache(folder);
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // given a build that goes on
            var build = threads.submit(() -> cache.exclusively("build", () -> {
                begun.countDown();
                return await(ended);
            }));
            assertThat(await(begun)).isTrue();
            // when something else is asked for, then it is had
            assertThat(threads.submit(() -> cache.exclusively("addresses", () -> "claimed"))
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo("claimed");
            // and a second build waits
            var second = threads.submit(() -> cache.exclusively("build", () -> ended.getCount() == 0));
            ended.countDown();
            assertThat(build.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
