package dev.secureprediction.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.GatewayRules.OnStoreFailure;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Limits of roles, with a clock that the test moves. */
final class LimiterTest {
    private static final PolicyBundle ALONE =
            Policies.churn("https://issuer.test", "model.test").bundle();
    private static final Caller ANNA = caller("okta", "anna", Map.of("tenant", "acme"));
    private static final Caller BEN = caller("okta", "ben", Map.of("tenant", "acme"));

    private final AtomicLong nanos = new AtomicLong(7);
    private final Limiter limiter = Limiter.of(Optional.empty(), nanos::get);

    private static Caller caller(String issuer, String subject, Map<String, Object> claims) {
        return new Caller(issuer, subject, claims);
    }

    private static Role role(LimitScope per, long requests, long concurrent, long tokens) {
        return new Role(
                "analyst",
                List.of("okta"),
                "true",
                List.of(Action.Predict),
                Optional.of(
                        new Limits(per, positive(requests), positive(tokens), Optional.empty(), positive(concurrent))),
                DataRules.PLAIN_CONTENT,
                Optional.empty());
    }

    private static Optional<Long> positive(long value) {
        return value > 0 ? Optional.of(value) : Optional.empty();
    }

    private static PolicyBundle pods(int most, Optional<OnStoreFailure> store) {
        return Policies.churn("https://issuer.test", "model.test")
                .gateway(new GatewayRules(most, store, List.of(), List.of(), false))
                .bundle();
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Pass enter(PolicyBundle policy, Role role, Caller caller) {
        return limiter.enter(policy, role, caller).join();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal().code()).isEqualTo(code);
                    assertThat(e.refusal().retryAfter().map(Duration::toSeconds).orElse(1L))
                            .isBetween(1L, 30L);
                });
    }

    @Test
    void aCallTooManyIsRefusedUntilTheBucketHasRefilled() {
        // given two requests a minute, both used
        Role role = role(LimitScope.Subject, 2, 0, 0);
        enter(ALONE, role, ANNA).close();
        enter(ALONE, role, ANNA).close();

        // then a third is refused, also a moment before the next is there
        assertRefused(() -> enter(ALONE, role, ANNA), ErrorCode.REQUESTS_EXHAUSTED);
        later(Duration.ofSeconds(29));
        assertRefused(() -> enter(ALONE, role, ANNA), ErrorCode.REQUESTS_EXHAUSTED);

        // and a moment later it passes, alone
        later(Duration.ofSeconds(2));
        assertThat(enter(ALONE, role, ANNA).state().orElseThrow().stateField()).isEqualTo("\"requests\";r=0;t=29");
        assertRefused(() -> enter(ALONE, role, ANNA), ErrorCode.REQUESTS_EXHAUSTED);
    }

    @Test
    void aRefusalSaysHowTheQuotaStands() {
        Role role = role(LimitScope.Subject, 1, 0, 0);
        enter(ALONE, role, ANNA);
        assertThatThrownBy(() -> enter(ALONE, role, ANNA)).cause().isInstanceOfSatisfying(RefusedException.class, e -> {
            var quota = e.refusal().quota().orElseThrow();
            assertThat(quota.policyField()).isEqualTo("\"requests\";q=1;w=60");
            assertThat(quota.stateField()).isEqualTo("\"requests\";r=0;t=60");
            assertThat(e.refusal().retryAfter()).hasValue(Duration.ofSeconds(30));
        });
    }

    @Test
    void placesAreGivenBackOnceAndARefusedCallTakesNoRequest() {
        // given one place and three requests a minute
        Role role = role(LimitScope.Subject, 3, 1, 0);
        Pass first = enter(ALONE, role, ANNA);
        for (int i = 0; i < 5; i++) {
            assertRefused(() -> enter(ALONE, role, ANNA), ErrorCode.CONCURRENCY_EXHAUSTED);
        }

        // when it is given back twice
        first.close();
        first.close();

        // then one more may run, not two
        enter(ALONE, role, ANNA);
        assertRefused(() -> enter(ALONE, role, ANNA), ErrorCode.CONCURRENCY_EXHAUSTED);
    }

    @Test
    void subjectsCountByThemselvesAndIssuersAreNeverMixed() {
        Role role = role(LimitScope.Subject, 1, 0, 0);
        enter(ALONE, role, ANNA);
        enter(ALONE, role, BEN);
        enter(ALONE, role, caller("other", "anna", Map.of()));
        assertRefused(() -> enter(ALONE, role, ANNA), ErrorCode.REQUESTS_EXHAUSTED);
    }

    @Test
    void aTenantCountsTogetherAndWhoHasNoneCountsAlone() {
        Role role = role(LimitScope.Tenant, 1, 0, 0);
        enter(ALONE, role, ANNA);
        assertRefused(() -> enter(ALONE, role, BEN), ErrorCode.REQUESTS_EXHAUSTED);
        enter(ALONE, role, caller("other", "x", Map.of("tenant", "acme")));
        enter(ALONE, role, caller("okta", "loner", Map.of()));
        // a subject called like a tenant is somebody else
        enter(ALONE, role, caller("okta", "acme", Map.of()));
        assertRefused(() -> enter(ALONE, role, caller("okta", "loner", Map.of())), ErrorCode.REQUESTS_EXHAUSTED);
    }

    @Test
    void aRoleCountsEverybody() {
        Role role = role(LimitScope.Role, 1, 0, 0);
        enter(ALONE, role, ANNA);
        assertRefused(() -> enter(ALONE, role, caller("other", "x", Map.of())), ErrorCode.REQUESTS_EXHAUSTED);
    }

    @Test
    void eachPodTakesItsShare() {
        Role role = role(LimitScope.Subject, 7, 0, 0);
        PolicyBundle three = pods(3, Optional.empty());
        enter(three, role, ANNA);
        enter(three, role, ANNA);
        assertRefused(() -> enter(three, role, ANNA), ErrorCode.REQUESTS_EXHAUSTED);
    }

    @Test
    void tokensAreTakenBeforeAndSettledAfter() {
        // given a budget of 100, of which 90 are reserved and 10 were used
        Role role = role(LimitScope.Subject, 0, 0, 100);
        Reservation reserved = limiter.reserve(ALONE, role, ANNA, 90).join();
        assertRefused(() -> limiter.reserve(ALONE, role, ANNA, 20).join(), ErrorCode.TOKENS_EXHAUSTED);
        reserved.settle(10);
        reserved.settle(0);

        // then 90 are there again
        assertThat(limiter.reserve(ALONE, role, ANNA, 90).join().tokens()).isEqualTo(90);
        assertRefused(() -> limiter.reserve(ALONE, role, ANNA, 1).join(), ErrorCode.TOKENS_EXHAUSTED);
    }

    @Test
    void debtBlocksUntilItIsRefilled() {
        // given a call that used 160 of a budget of 100
        Role role = role(LimitScope.Subject, 0, 0, 100);
        limiter.reserve(ALONE, role, ANNA, 50).join().settle(160);

        // then for 36 s even one token is refused, and forgetting the caller is no way out
        later(Duration.ofSeconds(36));
        limiter.sweep();
        assertRefused(() -> limiter.reserve(ALONE, role, ANNA, 1).join(), ErrorCode.TOKENS_EXHAUSTED);
        later(Duration.ofSeconds(1));
        limiter.reserve(ALONE, role, ANNA, 1).join();
    }

    @Test
    void whatNoMinuteCouldPayForIsNotWorthRetrying() {
        Role role = role(LimitScope.Subject, 0, 0, 100);
        assertRefused(() -> limiter.reserve(ALONE, role, ANNA, 101).join(), ErrorCode.TOKENS_BEYOND_BUDGET);
    }

    @Test
    void aStoreThatIsDownLeavesItToThisPodOrRefusesAsThePolicySays() {
        // given a store that cannot be reached
        Limiter orphan = Limiter.of(Optional.of(new DownStore()), nanos::get);
        Role role = role(LimitScope.Subject, 4, 0, 100);

        // then this pod takes its share, and says so
        PolicyBundle local = pods(2, Optional.of(OnStoreFailure.Local));
        assertThat(orphan.enter(local, role, ANNA).join().counted()).hasValue(Taken.Counted.FALLBACK);
        orphan.enter(local, role, ANNA).join();
        assertRefused(() -> orphan.enter(local, role, ANNA).join(), ErrorCode.REQUESTS_EXHAUSTED);
        assertThat(orphan.reserve(local, role, ANNA, 50).join().counted()).isEqualTo(Taken.Counted.FALLBACK);

        // or nobody gets through
        PolicyBundle refuse = pods(2, Optional.of(OnStoreFailure.Refuse));
        assertRefused(() -> orphan.enter(refuse, role, BEN).join(), ErrorCode.STORE_UNAVAILABLE);
    }

    @Test
    void whoLeavesNoTraceIsForgotten() {
        LocalLimits limits = LocalLimits.alone(nanos::get);
        Role role = role(LimitScope.Subject, 60, 2, 0);
        var entered = limits.enter(
                LimitKey.of(ALONE.endpoint(), role, LimitScope.Subject, ANNA),
                role.limits().orElseThrow(),
                1);
        later(Duration.ofSeconds(61));
        limits.sweep();
        assertThat(limits.size()).as("still running").isEqualTo(1);
        ((Taken.Granted) entered.join()).back().run();
        limits.sweep();
        assertThat(limits.size()).isZero();
    }

    private static final class DownStore implements LimitStore {
        @Override
        public CompletableFuture<Taken> enter(LimitKey key, Limits limits, int pods) {
            return CompletableFuture.failedFuture(new StoreDownException("down"));
        }

        @Override
        public CompletableFuture<Taken> takeTokens(LimitKey key, Limits limits, int pods, long tokens) {
            return CompletableFuture.failedFuture(new StoreDownException("down"));
        }

        @Override
        public void giveTokens(LimitKey key, Limits limits, int pods, long tokens, Taken.Counted where) {
            throw new AssertionError("nothing was taken here");
        }
    }
}
