package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.protobuf.FieldMask;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.cloud.Ownership;
import dev.secureprediction.operator.diff.Obstacle;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An endpoint of our name that nobody marked is left, shown or taken over, as was asked and approved; and then never deleted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdoptionIT {

    private GoogleSandbox google;

    @BeforeAll
    void start() {
        google = new GoogleSandbox();
    }

    @AfterAll
    void stop() {
        google.close();
    }

    @Test
    void it_is_left_or_shown_and_nothing_is_written() {
        DesiredCloud desired = unmarked("left");
        Instant since = google.cloud().state().clock().instant();

        assertThat(converge(desired, Mandate.Adoption.Never, false).plan().obstacles())
                .hasAtLeastOneElementOfType(Obstacle.ConflictUnmanaged.class);

        CloudResult shown = converge(desired, Mandate.Adoption.Observe, false);
        assertThat(shown.plan().obstacles()).isEmpty();
        assertThat(shown.held()).isNotEmpty();
        assertThat(shown.holding()).isEqualTo("it would be taken over, and spec.adoption is Observe");
        assertThat(google.cloud().calls().mutatingSince(since)).isEmpty();
    }

    @Test
    void what_somebody_else_marked_is_never_taken_over() {
        DesiredCloud desired = unmarked("others");
        label(endpoint("others").toBuilder()
                .putLabels(Ownership.OWNER_LABEL, "f".repeat(32))
                .build());

        assertThat(converge(desired, Mandate.Adoption.Adopt, false).plan().obstacles())
                .hasAtLeastOneElementOfType(Obstacle.ConflictUnmanaged.class);
    }

    @Test
    void it_waits_for_the_approval_of_exactly_this_plan_and_a_changed_cloud_voids_that() {
        DesiredCloud desired = unmarked("approved");

        // given a plan that waits
        CloudResult waiting = converge(desired, Mandate.Adoption.Adopt, true);
        assertThat(waiting.applied()).isEmpty();
        assertThat(waiting.holding()).isEqualTo("the plan waits for an approval of its hash");

        // when the cloud changes before it is approved
        label(endpoint("approved").toBuilder()
                .setDisplayName("renamed by somebody")
                .build());
        CloudResult voided = converge(desired, Mandate.Adoption.Adopt, true, waiting.planHash());

        // then the approval is void, and says why
        assertThat(voided.applied()).isEmpty();
        assertThat(voided.planHash()).isNotEqualTo(waiting.planHash());
        assertThat(voided.holding()).startsWith("the plan that was approved is void");

        // and an approval of what is there now is taken
        assertThat(converge(desired, Mandate.Adoption.Adopt, true, voided.planHash())
                        .held())
                .isEmpty();
        assertThat(google.up(desired).settled()).isTrue();
        assertThat(endpoint("approved").getLabelsMap()).containsKey(Ownership.ADOPTED_LABEL);

        // and what was not ours is not deleted with it
        google.down(desired);
        assertThat(endpoint("approved").getDeployedModelsCount()).isOne();
    }

    /** An endpoint that Terraform made, say: of our name, with the model on it. */
    private DesiredCloud unmarked(String name) {
        DesiredCloud desired = google.deployed(name);
        google.up(desired);
        label(endpoint(name).toBuilder().clearLabels().build());
        return desired;
    }

    private CloudResult converge(DesiredCloud desired, Mandate.Adoption adoption, boolean asks, String... approved) {
        Mandate mandate = new Mandate(Mandate.Mode.Enforce, asks, Set.of(approved), adoption);
        return google.applier().converge(desired, Optional.empty(), mandate, Known.NOTHING);
    }

    private Endpoint endpoint(String name) {
        return google.cloud().state().endpoints().get(LOCATION + "/endpoints/spe-" + name);
    }

    private void label(Endpoint endpoint) {
        google.cloud()
                .state()
                .endpoints()
                .update(
                        endpoint,
                        FieldMask.newBuilder()
                                .addPaths("labels")
                                .addPaths("display_name")
                                .build());
    }
}
