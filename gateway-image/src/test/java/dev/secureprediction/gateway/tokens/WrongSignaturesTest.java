package dev.secureprediction.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What addresses may cost by sending forged tokens. */
final class WrongSignaturesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final WrongSignatures wrong = WrongSignatures.allowing(3, 2, nanos::get);

    private int wrongUntilRefused(String address) {
        int count = 0;
        while (wrong.from(address).allowed() && count < 1_000) {
            wrong.from(address).wasWrong();
            count++;
        }
        return count;
    }

    @Test
    void anAddressHasAReserveAndGetsSomeBackEachSecond() {
        assertThat(wrongUntilRefused("192.0.2.1")).isEqualTo(3);
        assertThat(wrong.from("192.0.2.1").allowed()).isFalse();

        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(wrongUntilRefused("192.0.2.1")).isEqualTo(1);

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(wrongUntilRefused("192.0.2.1")).isEqualTo(3);
    }

    @Test
    void othersAreNotTouched() {
        wrongUntilRefused("192.0.2.1");

        assertThat(wrong.from("192.0.2.2").allowed()).isTrue();
    }

    @Test
    void oneNetworkOfIpv6CountsAsOne() {
        wrongUntilRefused("2001:db8:1:1::1");

        assertThat(wrong.from("2001:db8:1:1:ffff::9").allowed()).isFalse();
        assertThat(wrong.from("2001:db8:1:2::1").allowed()).isTrue();
    }

    @Test
    void goodSignaturesCostNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(wrong.from("192.0.2.1").allowed()).isTrue();
        }
    }
}
