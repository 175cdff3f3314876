package dev.secureprediction.operator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.plan.VerifierIdentity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A token counts as expired, or as good, only while no clock that was set can make that untrue. */
final class VerifierTokensTest {

    private static final VerifierIdentity QA = new VerifierIdentity("system", "verifier-qa", "stranger-qa", "api://qa");

    private final AtomicInteger made = new AtomicInteger();
    private Instant time = Instant.parse("2026-11-30T12:00:00Z");
    private long nanos;
    private boolean refused;
    private final VerifierTokens tokens = new VerifierTokens(
            (namespace, account, audience) -> {
                if (refused) {
                    throw new KubernetesClientException("etcd is slow", 503, null);
                }
                return made.incrementAndGet() + "/" + account + "/" + audience;
            },
            () -> time,
            () -> nanos);

    @Test
    void oneIsKeptUntilItHasExpiredAndTheOthersAreMadeAnewLongBefore() {
        var first = current();
        assertThat(first.expired()).isEmpty();

        pass(Duration.ofMinutes(4));
        assertThat(current()).isEqualTo(first);
        pass(Duration.ofMinutes(2));
        assertThat(current().good()).isNotEqualTo(first.good());
        assertThat(current().expired()).isEmpty();

        // ten minutes of life, and two for clocks that differ
        pass(Duration.ofMinutes(7));
        assertThat(current().expired()).contains(first.good());
    }

    @Test
    void aClockThatIsSetForwardDoesNotMakeATokenExpired() {
        var first = current();

        // when the machine's time is corrected by an hour, a minute after the token was made
        pass(Duration.ofMinutes(1));
        time = time.plus(Duration.ofHours(1));

        // then gateways, whose time was right, take that token still: it proves nothing of an expired one
        assertThat(current().expired()).isEmpty();
        pass(Duration.ofMinutes(12));
        assertThat(current().expired()).contains(first.good());
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepATokenInUse() {
        var first = current();

        pass(Duration.ofMinutes(6));
        time = time.minus(Duration.ofHours(1));

        assertThat(current().good()).isNotEqualTo(first.good());
    }

    @Test
    void aMachineThatWasSuspendedDoesNotUseTheTokensOfBefore() {
        var first = current();

        // when the time it ran did not go on
        time = time.plus(Duration.ofMinutes(20));

        assertThat(current().good()).isNotEqualTo(first.good());
        assertThat(current().expired()).isEmpty();
    }

    @Test
    void tokensOfBeforeServeWhileTheyAreGoodAndTheClusterGivesNone() {
        var first = current();
        refused = true;

        pass(Duration.ofMinutes(7));
        assertThat(tokens.of(QA)).hasValue(first);
        pass(Duration.ofMinutes(2));
        assertThat(tokens.of(QA)).isEmpty();

        refused = false;
        assertThat(current().good()).isNotEqualTo(first.good());
    }

    private ProbeTokens current() {
        return tokens.of(QA).orElseThrow();
    }

    private void pass(Duration duration) {
        time = time.plus(duration);
        nanos += duration.toNanos();
    }
}
