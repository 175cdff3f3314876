package dev.secureprediction.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the model is left alone, and what may be repeated. */
final class UpstreamHealthTest {
    private static final Upstream CHURN =
            Policies.churn("https://issuer.test", "model.test").bundle().upstream();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T00:00:00Z"));
    private final Breakers breakers = new Breakers(clock(now::get));

    private static Clock clock(InstantSource source) {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return source.instant();
            }
        };
    }

    private void fail(int times) {
        IntStream.range(0, times).forEach(i -> breakers.attempt(CHURN).failed());
    }

    @Test
    void aModelThatFailsIsLeftAloneThenTriedOnce() {
        // given twenty failures
        fail(20);
        assertThat(breakers.attempt(CHURN).isGranted()).isFalse();

        // when five seconds have passed
        now.set(now.get().plus(Breakers.OPEN).plusMillis(1));

        // then one call tries, and no second one beside it
        Attempt first = breakers.attempt(CHURN);
        assertThat(first.isGranted()).isTrue();
        assertThat(breakers.attempt(CHURN).isGranted()).isFalse();

        // and when it fails, all wait again; when one succeeds, all may call
        first.failed();
        assertThat(breakers.attempt(CHURN).isGranted()).isFalse();
        now.set(now.get().plus(Breakers.OPEN).plusMillis(1));
        breakers.attempt(CHURN).succeeded();
        assertThat(breakers.attempt(CHURN).isGranted()).isTrue();
        assertThat(breakers.attempt(CHURN).isGranted()).isTrue();
    }

    @Test
    void aTryThatCameToNothingLeavesItsPlaceToAnother() {
        fail(20);
        now.set(now.get().plus(Breakers.OPEN).plusMillis(1));
        breakers.attempt(CHURN).abandoned();
        assertThat(breakers.attempt(CHURN).isGranted()).isTrue();
    }

    @Test
    void anotherModelOrRegionHasABreakerOfItsOwn() {
        fail(20);
        Upstream other = new Upstream(
                CHURN.authority(),
                CHURN.project(),
                CHURN.projectNumber(),
                CHURN.location(),
                new Model.Publisher("google", "gemini-2.5-flash"),
                CHURN.credential());
        assertThat(breakers.attempt(other).isGranted()).isTrue();
        assertThat(breakers.states()).extracting(Breakers.State::state).containsExactlyInAnyOrder("OPEN", "CLOSED");
    }

    @Test
    void aFewFailuresAmongManyCallsOpenNothing() {
        for (int i = 0; i < 200; i++) {
            Attempt attempt = breakers.attempt(CHURN);
            assertThat(attempt.isGranted()).isTrue();
            if (i % 3 == 0) {
                attempt.failed();
            } else {
                attempt.succeeded();
            }
        }
    }

    @Test
    void neverMoreThanTheBudgetIsRepeatedAndOneHourDoesNotPayForAnother() {
        // given a budget of 10 %
        RetryBudget budget = new RetryBudget();
        assertThat(budget.tryTake()).isFalse();

        // when every one of 1,000 calls fails
        int repeated = 0;
        for (int i = 0; i < 1_000; i++) {
            budget.called(10);
            repeated += budget.tryTake() ? 1 : 0;
            assertThat(repeated).isLessThanOrEqualTo((i + 1) / 10);
        }
        assertThat(repeated).isEqualTo(100);

        // then a thousand good calls save up no more than ten
        IntStream.range(0, 1_000).forEach(i -> budget.called(10));
        assertThat(IntStream.range(0, 50).filter(i -> budget.tryTake()).count()).isEqualTo(10);
        assertThat(budget.taken()).isEqualTo(110);
    }
}
