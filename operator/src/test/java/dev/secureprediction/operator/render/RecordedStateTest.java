package dev.secureprediction.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.InvokerGrant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What deletion works from, also after edits that moved things. */
final class RecordedStateTest {

    private static final SecurePredictionEndpointSpec SPEC = spec();
    private static final DesiredCloud HERE = CloudSamples.publisher();

    @Test
    void is_read_back_as_it_was_written() {
        for (DesiredCloud cloud : List.of(HERE, CloudSamples.existing(), CloudSamples.deployed())) {
            RecordedState state = new RecordedState(SPEC, cloud, List.of(granting("elsewhere")));

            assertThat(RecordedState.read(state.data())).contains(state);
        }
    }

    @Test
    void is_read_where_an_older_operator_wrote_no_earlier_places() {
        RecordedState state = new RecordedState(SPEC, HERE, List.of());
        Map<String, String> older = Map.of(
                "spec.json",
                state.data().get("spec.json"),
                "cloud.json",
                state.data().get("cloud.json"));

        assertThat(RecordedState.read(older)).contains(state);
    }

    @Test
    void an_edit_that_moves_nothing_leaves_nothing_in_mind() {
        RecordedState before = new RecordedState(SPEC, HERE, List.of());

        assertThat(RecordedState.following(Optional.of(before), SPEC, HERE).earlier())
                .isEmpty();
    }

    @Test
    void places_that_were_left_are_kept_in_mind_until_the_endpoint_is_back_there() {
        RecordedState first = new RecordedState(SPEC, HERE, List.of());

        RecordedState second = RecordedState.following(Optional.of(first), SPEC, granting("b"));
        RecordedState third = RecordedState.following(Optional.of(second), SPEC, granting("c"));
        RecordedState back = RecordedState.following(Optional.of(third), SPEC, HERE);

        assertThat(second.earlier()).containsExactly(HERE);
        assertThat(third.earlier()).containsExactly(HERE, granting("b"));
        assertThat(back.earlier()).containsExactly(granting("b"), granting("c"));
    }

    @Test
    void going_to_and_fro_keeps_each_place_once() {
        Optional<RecordedState> state = Optional.of(new RecordedState(SPEC, HERE, List.of()));
        for (int i = 0; i < 20; i++) {
            state = Optional.of(RecordedState.following(state, SPEC, i % 2 == 0 ? granting("b") : HERE));
        }

        assertThat(state.orElseThrow().earlier()).containsExactly(granting("b"));
    }

    private static DesiredCloud granting(String project) {
        return new DesiredCloud(
                HERE.scope(),
                HERE.owner(),
                HERE.serviceAccount(),
                HERE.invokerRole(),
                new InvokerGrant.OnProject(project),
                HERE.workloadIdentityMember(),
                HERE.endpoint(),
                HERE.deletionPolicy());
    }

    private static SecurePredictionEndpointSpec spec() {
        try {
            return new ObjectMapper().readValue("""
                    {"environmentRef": {"name": "qa"},
                     "contract": {"model": {"publisher": {"publisher": "google", "name": "gemini-2.5-flash"}}}}
                    """, SecurePredictionEndpointSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
