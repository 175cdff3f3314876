package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.LOCATION;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.PROJECT;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.iam.v1.Binding;
import com.google.protobuf.FieldMask;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DeletionPolicy;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import dev.secureprediction.sandbox.cloud.observe.Call;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The three kinds of models, all the way up and all the way down, with Google's own clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CloudLifecycleIT {

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
    void a_publisher_model_gets_an_account_that_may_invoke_in_the_project() {
        DesiredCloud desired = google.publisher("gemini");

        google.up(desired);

        assertThat(permitted(desired, "aiplatform.endpoints.predict", "projects/" + PROJECT))
                .isTrue();
        assertThat(permitted(desired, "aiplatform.endpoints.delete", "projects/" + PROJECT))
                .isFalse();
        assertThat(google.cloud().state().policies().current(account(desired)).getBindingsList())
                .singleElement()
                .satisfies(b -> assertThat(b.getMembersList()).containsExactly(desired.workloadIdentityMember()));

        google.down(desired);

        assertThat(google.cloud().state().accounts().find(account(desired))).isEmpty();
        assertThat(google.cloud()
                        .state()
                        .policies()
                        .current("projects/" + PROJECT)
                        .getBindingsList())
                .noneMatch(b -> b.getRole().equals(ROLE));
    }

    @Test
    void a_registered_model_gets_an_endpoint_which_alone_the_account_may_invoke() {
        DesiredCloud desired = google.deployed("churn");

        google.up(desired);

        Endpoint endpoint = endpoint("spe-churn");
        assertThat(endpoint.getDeployedModelsList()).singleElement().satisfies(m -> {
            assertThat(m.getModelVersionId()).isEqualTo("17");
            assertThat(m.getDedicatedResources().getMaxReplicaCount()).isEqualTo(3);
            assertThat(endpoint.getTrafficSplitMap()).containsOnlyKeys(m.getId());
        });
        assertThat(permitted(desired, "aiplatform.endpoints.predict", endpoint.getName()))
                .isTrue();
        assertThat(permitted(desired, "aiplatform.endpoints.predict", "projects/" + PROJECT))
                .isFalse();

        google.down(desired);

        assertThat(google.cloud().state().endpoints().find(name("spe-churn"))).isEmpty();
        assertThat(google.cloud().state().accounts().find(account(desired))).isEmpty();
    }

    @Test
    void an_existing_endpoint_is_bound_and_otherwise_never_touched() {
        // given somebody's endpoint, with somebody's bindings
        Endpoint theirs = make("theirs");
        google.cloud().state().policies().grant(name("theirs"), ROLE, "user:owner@example.com");
        DesiredCloud desired = google.existing("bind-only", "theirs");

        // when
        google.up(desired);
        assertThat(permitted(desired, "aiplatform.endpoints.predict", name("theirs")))
                .isTrue();
        google.down(desired);

        // then
        assertThat(endpoint("theirs")).isEqualTo(theirs);
        assertThat(google.cloud().state().policies().current(name("theirs")).getBindingsList())
                .singleElement()
                .satisfies(b -> assertThat(b.getMembersList()).containsExactly("user:owner@example.com"));
    }

    @Test
    void retained_things_are_kept_out_of_reach_and_taken_up_again() {
        DesiredCloud desired = google.deployed("kept").withDeletionPolicy(DeletionPolicy.Retain);
        google.up(desired);
        Endpoint before = endpoint("spe-kept");

        google.down(desired);

        assertThat(endpoint("spe-kept")).isEqualTo(before);
        assertThat(permitted(desired, "aiplatform.endpoints.predict", before.getName()))
                .isFalse();
        assertThat(google.cloud().state().policies().current(account(desired)).getBindingsList())
                .isEmpty();

        // when the same endpoint comes back, nothing is made a second time
        Instant back = google.cloud().state().clock().instant();
        google.up(desired);
        assertThat(google.cloud().calls().mutatingSince(back))
                .extracting(Call::simpleMethod)
                .containsOnly("SetIamPolicy");
    }

    @Test
    void what_is_settled_makes_no_mutating_call() {
        DesiredCloud desired = google.deployed("quiet");
        google.up(desired);
        Instant settled = google.cloud().state().clock().instant();

        for (int i = 0; i < 10; i++) {
            assertThat(google.applier().converge(desired, Optional.empty()).settled())
                    .isTrue();
        }

        assertThat(google.cloud().calls().mutatingSince(settled)).isEmpty();
        assertThat(google.cloud().calls().since(settled))
                .extracting(Call::simpleMethod)
                .doesNotContain("ListOperations");
    }

    @Test
    void a_new_version_takes_over_without_a_gap_and_the_old_one_goes() {
        google.up(google.deployed("rolling"));
        String old = endpoint("spe-rolling").getDeployedModels(0).getId();

        google.rounds(google.deployed("rolling", GoogleSandbox.version18()), (d, pending) -> {
            CloudResult round = google.applier().converge(d, pending);
            // at every moment somebody answers
            assertThat(endpoint("spe-rolling").getTrafficSplitMap().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(100);
            return round;
        });

        assertThat(endpoint("spe-rolling").getDeployedModelsList())
                .extracting(DeployedModel::getModelVersionId)
                .containsExactly("18");
        assertThat(endpoint("spe-rolling").getTrafficSplitMap()).doesNotContainKey(old);
    }

    @Test
    void what_somebody_changed_by_hand_is_put_back() {
        DesiredCloud desired = google.deployed("drift");
        google.up(desired);
        Endpoint before = endpoint("spe-drift");

        // given a removed binding, other replicas and a lost label
        google.cloud().state().policies().revoke(name("spe-drift"), ROLE, desired.accountMember());
        google.cloud()
                .state()
                .endpoints()
                .update(
                        before.toBuilder()
                                .setEtag("")
                                .setDisplayName("renamed")
                                .putLabels("theirs", "stays")
                                .build(),
                        FieldMask.newBuilder()
                                .addAllPaths(List.of("display_name", "labels"))
                                .build());
        CloudResult round = google.applier().converge(desired, Optional.empty());

        assertThat(round.applied()).hasExactlyElementsOfTypes(Change.Update.EndpointMetadata.class, Change.Grant.class);
        assertThat(round.applied().getLast().difference().toString()).contains(ROLE, desired.accountMember());
        google.up(desired);
        assertThat(endpoint("spe-drift").getDisplayName()).isEqualTo(before.getDisplayName());
        assertThat(endpoint("spe-drift").getLabelsMap()).containsEntry("theirs", "stays");
        assertThat(permitted(desired, "aiplatform.endpoints.predict", name("spe-drift")))
                .isTrue();

        // given other replicas
        google.up(google.deployed("drift", GoogleSandbox.version17(2, 5)));
        assertThat(endpoint("spe-drift")
                        .getDeployedModels(0)
                        .getDedicatedResources()
                        .getMinReplicaCount())
                .isEqualTo(2);
    }

    @Test
    void an_account_deleted_by_hand_is_made_anew_and_granted_anew() {
        DesiredCloud desired = google.deployed("killed");
        google.up(desired);
        google.cloud().state().identity().deleteAccount(account(desired));

        google.up(desired);

        assertThat(permitted(desired, "aiplatform.endpoints.predict", name("spe-killed")))
                .isTrue();
        assertThat(google.cloud().state().policies().current(name("spe-killed")).getBindingsList())
                .as("what the old account left is cleared")
                .flatExtracting(Binding::getMembersList)
                .containsExactly(desired.accountMember());
    }

    private Endpoint make(String id) {
        google.cloud()
                .state()
                .endpoints()
                .create(LOCATION, id, Endpoint.newBuilder().setDisplayName(id).build());
        google.operationsEnd();
        return endpoint(id);
    }

    private Endpoint endpoint(String id) {
        return google.cloud().state().endpoints().get(name(id));
    }

    private boolean permitted(DesiredCloud desired, String permission, String resource) {
        return google.cloud()
                .state()
                .access()
                .permitted(Principal.serviceAccount(desired.serviceAccount().email()), permission, resource);
    }

    private static String name(String endpointId) {
        return LOCATION + "/endpoints/" + endpointId;
    }

    private static String account(DesiredCloud desired) {
        return "projects/" + PROJECT + "/serviceAccounts/"
                + desired.serviceAccount().email();
    }
}
