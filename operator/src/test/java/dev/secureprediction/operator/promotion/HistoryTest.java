package dev.secureprediction.operator.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.golden.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an environment remembers of what it served. */
final class HistoryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Contract CONTRACT = Samples.endpoint("").getSpec().contract();

    @Test
    void whatServesAlreadyIsNotWrittenAgain() {
        var once = admit(History.EMPTY, "a", AdmittedBy.Record, NOW);

        assertThat(admit(once, "a", AdmittedBy.Record, NOW.plusSeconds(60))).isSameAs(once);
    }

    @Test
    void goingBackMovesTheOldOneUp() {
        var history = admit(
                admit(admit(History.EMPTY, "a", AdmittedBy.Record, NOW), "b", AdmittedBy.Record, NOW),
                "a",
                AdmittedBy.Record,
                NOW);

        assertThat(history.entries()).extracting(Admitted::contractDigest).containsExactly("a", "b");
        assertThat(history.latest())
                .hasValueSatisfying(latest -> assertThat(latest.revision()).isEqualTo(3));
    }

    @Test
    void whatAnExceptionLetInProvesNothingUntilARecordComes() {
        var history = admit(History.EMPTY, "a", AdmittedBy.Exception, NOW);
        assertThat(history.provesContract("a")).isFalse();
        assertThat(history.provesImage("image")).isFalse();

        var later = admit(history, "a", AdmittedBy.Record, NOW);

        assertThat(later.provesContract("a")).isTrue();
        assertThat(later.entries()).hasSize(1);
    }

    @Test
    void theLastTenAndWhatIsReferredToAreKept() {
        History history = IntStream.range(0, 15)
                .boxed()
                .reduce(
                        History.EMPTY,
                        (before, i) -> before.following(admitted("d" + i, AdmittedBy.Record, NOW), Set.of("d2")),
                        (left, right) -> right);

        assertThat(history.entries())
                .extracting(Admitted::contractDigest)
                .containsExactlyElementsOf(
                        List.of("d14", "d13", "d12", "d11", "d10", "d9", "d8", "d7", "d6", "d5", "d2"));
    }

    @Test
    void recordsArePrunedButNeverOneThatIsReferredTo() {
        List<Pruning.Named> records = IntStream.range(0, 14)
                .mapToObj(i -> new Pruning.Named("r" + i, VerificationSamples.at(NOW.minusSeconds(i), "d" + i)))
                .toList();

        assertThat(Pruning.superfluous(records, Set.of("d12"), NOW)).containsExactly("r10", "r11", "r13");
    }

    private static History admit(History before, String digest, AdmittedBy by, Instant at) {
        return before.following(admitted(digest, by, at), Set.of());
    }

    private static Admitted admitted(String digest, AdmittedBy by, Instant at) {
        return new Admitted(digest, "image", CONTRACT, by, "told", at, 0);
    }
}
