package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.protobuf.FieldMask;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.cloud.Ownership;
import dev.secureprediction.operator.diff.Obstacle;
import dev.secureprediction.operator.status.HeldPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What cannot be changed in place is made anew, and a place that was left is cleared: as approved, once, and to the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplacementIT {

    private static final String KEY =
            "projects/acme-ml-qa/locations/europe-west4/keyRings/predictions/cryptoKeys/endpoints";
    private static final Mandate ASKING = new Mandate(Mandate.Mode.Enforce, true, Set.of());

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
    void an_endpoint_with_another_key_is_made_anew_once_that_was_approved() {
        // given an endpoint that serves, and a key that it is to have
        DesiredCloud before = google.deployed("rekeyed");
        google.up(before);
        DesiredCloud desired = with(before, "spe-rekeyed", Optional.of(KEY));
        Instant since = google.cloud().state().clock().instant();

        // when nobody approved anything
        CloudResult waiting = converge(desired, ASKING);

        // then it serves on as it is, and the plan says what would go and why
        assertThat(google.cloud().calls().mutatingSince(since)).isEmpty();
        assertThat(HeldPlan.of(waiting, List.of(), List.of()).orElseThrow().changes())
                .containsExactly(
                        "destructive: endpoints/spe-rekeyed deployedModels: 1234567890@17 -> absent",
                        "destructive: endpoints/spe-rekeyed encryptionSpec.kmsKeyName: none -> " + KEY);

        // and when this plan was approved, it is carried through, though each step makes the plan another one
        Mandate approved = new Mandate(Mandate.Mode.Enforce, true, Set.of(waiting.planHash()));
        CloudResult last = google.rounds(
                desired, (wanted, pending) -> google.applier().converge(wanted, pending, approved, Known.NOTHING));
        assertThat(last.settled()).isTrue();
        assertThat(endpoint("spe-rekeyed").getEncryptionSpec().getKmsKeyName()).isEqualTo(KEY);
        assertThat(endpoint("spe-rekeyed").getDeployedModelsCount()).isOne();
        assertThat(google.cloud().calls().mutatingSince(since))
                .extracting(call -> call.simpleMethod())
                .containsExactly("UndeployModel", "DeleteEndpoint", "CreateEndpoint", "DeployModel", "SetIamPolicy");
    }

    @Test
    void where_nobody_is_asked_it_is_made_anew_at_once_but_not_in_the_middle_of_an_upgrade() {
        DesiredCloud before = google.deployed("both");
        google.up(before);
        DesiredCloud version18 = google.deployed("both", GoogleSandbox.version18());

        // when model and key change at once, then the model comes first: until all is there, the old one serves
        CloudResult first = converge(with(version18, "spe-both", Optional.of(KEY)), Mandate.FULL);
        assertThat(first.applied()).hasExactlyElementsOfTypes(Change.Create.Deployment.class);

        google.up(with(version18, "spe-both", Optional.of(KEY)));
        assertThat(endpoint("spe-both").getEncryptionSpec().getKmsKeyName()).isEqualTo(KEY);
        assertThat(endpoint("spe-both").getDeployedModels(0).getModelVersionId())
                .isEqualTo("18");
    }

    @Test
    void what_was_taken_over_is_not_made_anew() {
        DesiredCloud before = google.deployed("adopted");
        google.up(before);
        google.cloud()
                .state()
                .endpoints()
                .update(
                        endpoint("spe-adopted").toBuilder()
                                .putLabels(Ownership.ADOPTED_LABEL, "true")
                                .build(),
                        FieldMask.newBuilder().addPaths("labels").build());

        CloudResult result = converge(with(before, "spe-adopted", Optional.of(KEY)), Mandate.FULL);

        assertThat(result.applied()).isEmpty();
        assertThat(result.plan().obstacles())
                .singleElement()
                .isInstanceOf(Obstacle.Immutable.class)
                .satisfies(obstacle -> assertThat(obstacle.message()).contains("encryptionSpec.kmsKeyName", KEY));
    }

    @Test
    void a_place_that_was_left_loses_its_access_at_once_and_its_model_when_that_was_approved() {
        // given an endpoint whose edit put it elsewhere
        DesiredCloud earlier = google.deployed("leaving");
        google.up(earlier);
        DesiredCloud current = with(earlier, "spe-elsewhere", Optional.empty());

        // when the new place does not serve yet
        CloudResult sparing = google.applier().retire(earlier, current, Mandate.FULL.sparing());
        // then nobody is let in at the old one, and all else stands
        assertThat(sparing.applied()).hasExactlyElementsOfTypes(Change.Revoke.class);
        assertThat(endpoint("spe-leaving").getDeployedModelsCount()).isOne();

        // when it serves, and destroying has to be approved
        google.up(current);
        CloudResult waiting = google.applier().retire(earlier, current, ASKING);
        assertThat(waiting.applied()).isEmpty();
        assertThat(waiting.held())
                .hasExactlyElementsOfTypes(Change.Delete.Deployment.class, Change.Delete.Endpoint.class);

        // and when it was
        Mandate approved = new Mandate(Mandate.Mode.Enforce, true, Set.of(waiting.planHash()));
        google.rounds(earlier, (left, pending) -> google.applier().retire(left, current, approved));
        assertThat(google.cloud().state().endpoints().find(LOCATION + "/endpoints/spe-leaving"))
                .isEmpty();
        assertThat(converge(current, Mandate.FULL).settled()).isTrue();
    }

    private CloudResult converge(DesiredCloud desired, Mandate mandate) {
        return google.applier().converge(desired, Optional.empty(), mandate, Known.NOTHING);
    }

    private static DesiredCloud with(DesiredCloud desired, String endpointId, Optional<String> key) {
        var created = (DesiredEndpoint.Created) desired.endpoint();
        return new DesiredCloud(
                desired.scope(),
                desired.owner(),
                desired.serviceAccount(),
                desired.invokerRole(),
                new InvokerGrant.OnEndpoint(true),
                desired.workloadIdentityMember(),
                new DesiredEndpoint.Created(endpointId, created.displayName(), key, created.deployment()),
                desired.deletionPolicy());
    }

    private Endpoint endpoint(String id) {
        return google.cloud().state().endpoints().get(LOCATION + "/endpoints/" + id);
    }
}
