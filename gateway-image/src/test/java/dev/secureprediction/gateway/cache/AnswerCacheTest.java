package dev.secureprediction.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who asks, who waits, and what is kept. */
final class AnswerCacheTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AnswerCache cache = new AnswerCache(new LocalAnswers(1 << 20), Optional.empty());

    private static StoredAnswer answer(int bytes) {
        return new StoredAnswer("application/json", new byte[bytes], Instant.EPOCH);
    }

    private Flight lead(String key) {
        return ((Lookup.Lead) cache.find(key, MINUTE, false).join()).flight();
    }

    @Test
    void oneAsksAndTheOthersGetItsAnswer() {
        // given one that asks, and others that wait
        Flight flight = lead("a");
        List<CompletableFuture<Lookup>> others = IntStream.range(0, 3)
                .mapToObj(i -> cache.find("a", MINUTE, false))
                .toList();
        assertThat(others).noneMatch(CompletableFuture::isDone);

        // when it lands
        StoredAnswer found = answer(1);
        flight.land(found);

        // then all have it, also who comes later
        assertThat(others).allSatisfy(other -> assertThat(other.join()).isEqualTo(new Lookup.Hit(found)));
        assertThat(cache.find("a", MINUTE, false).join()).isEqualTo(new Lookup.Hit(found));
        assertThat(cache.flying()).isZero();
    }

    @Test
    void whoGivesUpLetsTheOthersGoOn() {
        Flight flight = lead("a");
        CompletableFuture<Lookup> other = cache.find("a", MINUTE, false);
        flight.giveUp();
        flight.land(answer(1));
        assertThat(other.join()).isInstanceOf(Lookup.Alone.class);
        assertThat(cache.find("a", MINUTE, false).join()).isInstanceOf(Lookup.Lead.class);
    }

    @Test
    void whereTheOneWhoAsksLeavesOneOfTheOthersAsksInItsPlace() {
        // given one that asks, and three that wait
        Flight flight = lead("a");
        List<CompletableFuture<Lookup>> others = IntStream.range(0, 3)
                .mapToObj(i -> cache.find("a", MINUTE, false))
                .toList();

        // when its caller leaves
        flight.abandon();

        // then one asks and the others wait for that
        List<CompletableFuture<Lookup>> asking =
                others.stream().filter(CompletableFuture::isDone).toList();
        assertThat(asking).hasSize(1);
        StoredAnswer found = answer(1);
        ((Lookup.Lead) asking.getFirst().join()).flight().land(found);
        assertThat(others)
                .allMatch(CompletableFuture::isDone)
                .anySatisfy(other -> assertThat(other.join()).isEqualTo(new Lookup.Hit(found)));
        assertThat(cache.flying()).isZero();
    }

    @Test
    void anotherKeyIsAnotherQuestion() {
        lead("a").land(answer(1));
        assertThat(cache.find("b", MINUTE, false).join()).isInstanceOf(Lookup.Lead.class);
    }

    @Test
    void allAnswersTogetherAreBounded() {
        // given far more than there is room for
        IntStream.range(0, 100).forEach(i -> lead("k" + i).land(answer(100_000)));

        // then some are gone
        long kept = IntStream.range(0, 100)
                .filter(i -> cache.find("k" + i, MINUTE, false).join() instanceof Lookup.Hit)
                .count();
        assertThat(kept).isBetween(1L, 10L);
    }
}
