package dev.secureprediction.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An environment that somebody deleted says what it waits for, once. */
final class LeavingEnvironmentTest {

    private final EnvironmentProjector projector =
            new EnvironmentProjector(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void theEndpointsThatItWaitsForAreNamed() {
        var projection = projector.leaving(environment(), List.of("team/chat", "other/churn"));

        assertThat(projection.changed()).isTrue();
        assertThat(Conditions.find(projection.status().conditions(), ConditionType.Ready))
                .hasValueSatisfying(ready -> {
                    assertThat(ready.status()).isEqualTo("False");
                    assertThat(ready.reason()).isEqualTo("Deleting");
                    assertThat(ready.message()).contains("2 endpoints", "other/churn, team/chat", "spe release");
                });
        assertThat(Conditions.isTrue(projection.status().conditions(), ConditionType.Reconciling))
                .isTrue();
        assertThat(Conditions.find(projection.status().conditions(), ConditionType.Stalled))
                .isEmpty();
    }

    @Test
    void manyAreCountedAndSomeNamedAndNothingIsSaidTwice() {
        var environment = environment();
        var many = IntStream.range(0, 2_000).mapToObj(i -> "team/endpoint-" + i).toList();

        var first = projector.leaving(environment, many);
        environment.setStatus(first.status());

        assertThat(Conditions.find(first.status().conditions(), ConditionType.Ready))
                .hasValueSatisfying(ready -> assertThat(ready.message())
                        .contains("2000 endpoints", "…")
                        .hasSizeLessThan(400));
        assertThat(projector.leaving(environment, many).changed()).isFalse();
    }

    private static PredictionEnvironment environment() {
        var environment = new PredictionEnvironment();
        environment.setMetadata(
                new ObjectMetaBuilder().withName("qa").withGeneration(2L).build());
        return environment;
    }
}
