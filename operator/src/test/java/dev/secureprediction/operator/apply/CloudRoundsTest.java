package dev.secureprediction.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.cloud.ModelCloud;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Google is not read again for what was read a moment ago; what is a moment, no clock that was set decides. */
final class CloudRoundsTest {

    private final AtomicInteger reads = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final InstantSource time = () -> now;
    private final CloudRounds rounds =
            new CloudRounds(new CloudApplier(counted(ModelCloud.empty())), time.withZone(ZoneOffset.UTC));

    @Test
    void whatWasReadAMomentAgoIsNotReadAgain() {
        settle();
        int before = reads.get();

        now = now.plusSeconds(9);
        look();
        assertThat(reads).hasValue(before);
        now = now.plusSeconds(2);
        look();
        assertThat(reads).hasValueGreaterThan(before);
    }

    @Test
    void afterTheClockWasSetBackItIsReadAgain() {
        settle();
        int before = reads.get();

        now = now.minus(Duration.ofHours(1));
        look();

        assertThat(reads).hasValueGreaterThan(before);
    }

    private void settle() {
        for (int round = 0; round < 5; round++) {
            look();
        }
    }

    private void look() {
        rounds.converge(CloudSamples.publisher(), Optional.empty(), true, Mandate.FULL, Known.NOTHING);
    }

    private CloudResources counted(CloudResources cloud) {
        return (CloudResources) Proxy.newProxyInstance(
                CloudResources.class.getClassLoader(),
                new Class<?>[] {CloudResources.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("observe")) {
                        reads.incrementAndGet();
                    }
                    try {
                        return method.invoke(cloud, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
