package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.LOCATION;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.PROJECT;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.protobuf.FieldMask;
import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.diff.Obstacle;
import dev.secureprediction.operator.status.CloudReport;
import dev.secureprediction.operator.status.CloudReports;
import dev.secureprediction.sandbox.cloud.iam.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each way in which somebody can change what we made in Google Cloud is seen, named, and put back; or only named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DriftIT {

    private static final String RESOURCE = "projects/" + PROJECT;

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
    void our_member_was_removed() {
        DesiredCloud desired = settled(google.publisher("removed"));
        policies().revoke(RESOURCE, ROLE, desired.accountMember());

        assertThat(putBack(desired)).containsExactly("projects/acme-ml-qa iam/" + ROLE + ": absent");
        assertThat(policies().current(RESOURCE).toString()).contains(desired.accountMember());
    }

    @Test
    void a_member_was_added_to_our_role_on_our_endpoint() {
        DesiredCloud desired = settled(google.deployed("added"));
        policies().grant(endpoint("added"), ROLE, "user:mallory@example.com");

        assertThat(putBack(desired)).containsExactly("endpoints/spe-added iam/" + ROLE + ": user:mallory@example.com");
        assertThat(policies().current(endpoint("added")).toString()).doesNotContain("mallory");
    }

    @Test
    void the_account_was_deleted() {
        DesiredCloud desired = settled(google.publisher("deleted"));
        google.cloud()
                .state()
                .identity()
                .deleteAccount(RESOURCE + "/serviceAccounts/"
                        + desired.serviceAccount().email());

        assertThat(putBack(desired))
                .contains("serviceAccounts/" + desired.serviceAccount().email() + " : absent");
        assertThat(google.up(desired).settled()).isTrue();
    }

    @Test
    void the_traffic_split_was_changed() {
        DesiredCloud desired = settled(google.deployed("split"));
        Endpoint before = google.cloud().state().endpoints().get(endpoint("split"));
        String model = before.getDeployedModels(0).getId();
        update(before.toBuilder().clearTrafficSplit().build(), "traffic_split");

        assertThat(putBack(desired)).containsExactly("endpoints/spe-split trafficSplit: {}");
        assertThat(google.cloud().state().endpoints().get(endpoint("split")).getTrafficSplitMap())
                .isEqualTo(Map.of(model, 100));
    }

    @Test
    void the_model_was_undeployed() {
        DesiredCloud desired = settled(google.deployed("undeployed"));
        String model = google.cloud()
                .state()
                .endpoints()
                .get(endpoint("undeployed"))
                .getDeployedModels(0)
                .getId();
        google.cloud().state().deployments().undeploy(endpoint("undeployed"), model, Map.of());
        google.operationsEnd();

        assertThat(putBack(desired)).containsExactly("endpoints/spe-undeployed deployedModels: absent");
        google.up(desired);
        assertThat(google.cloud()
                        .state()
                        .endpoints()
                        .get(endpoint("undeployed"))
                        .getDeployedModelsCount())
                .isOne();
    }

    @Test
    void the_endpoint_was_deleted() {
        DesiredCloud desired = settled(google.deployed("gone"));
        String model = google.cloud()
                .state()
                .endpoints()
                .get(endpoint("gone"))
                .getDeployedModels(0)
                .getId();
        google.cloud().state().deployments().undeploy(endpoint("gone"), model, Map.of());
        google.operationsEnd();
        google.cloud().state().endpoints().delete(endpoint("gone"));
        google.operationsEnd();

        assertThat(putBack(desired)).contains("endpoints/spe-gone : absent");
        assertThat(google.up(desired).settled()).isTrue();
    }

    @Test
    void our_mark_was_removed_and_comes_back_only_to_the_very_endpoint_that_we_made() {
        DesiredCloud desired = settled(google.deployed("stripped"));
        Instant made = google.resources()
                .observe(desired, Optional.empty())
                .ownEndpointCreated(desired)
                .orElseThrow();
        Endpoint endpoint = google.cloud().state().endpoints().get(endpoint("stripped"));
        update(endpoint.toBuilder().clearLabels().build(), "labels");

        // somebody else's of that name and another time stays theirs
        assertThat(converge(desired, Mandate.FULL, Known.created(made.minusSeconds(1)))
                        .plan()
                        .obstacles())
                .hasAtLeastOneElementOfType(Obstacle.ConflictUnmanaged.class);
        assertThat(converge(desired, Mandate.FULL, Known.created(made)).plan().obstacles())
                .isEmpty();
        assertThat(google.up(desired).settled()).isTrue();
    }

    @Test
    void an_installation_that_moved_touches_nothing() {
        DesiredCloud desired = settled(google.deployed("moved"));
        Instant since = google.cloud().state().clock().instant();

        try (GoogleCloudResources elsewhere = google.restarted()) {
            CloudResult result = new CloudApplier(elsewhere).converge(desired, Optional.empty());
            assertThat(result.settled()).isTrue();
        }
        assertThat(google.cloud().calls().mutatingSince(since)).isEmpty();
    }

    @Test
    void observing_names_all_and_writes_nothing() {
        DesiredCloud desired = settled(google.publisher("observed"));
        policies().revoke(RESOURCE, ROLE, desired.accountMember());
        Instant since = google.cloud().state().clock().instant();

        CloudResult result = converge(desired, new Mandate(Mandate.Mode.Observe, false, Set.of()), Known.NOTHING);

        assertThat(result.held()).singleElement().isInstanceOf(Change.Grant.class);
        assertThat(google.cloud().calls().mutatingSince(since)).isEmpty();
        assertThat(CloudReports.of(desired, result, true).drift())
                .singleElement()
                .satisfies(drift -> assertThat(drift.reverted()).isFalse());
    }

    @Test
    void what_destroys_waits_for_the_approval_of_exactly_this_plan() {
        // given an upgrade whose old model is still deployed
        settled(google.deployed("approved"));
        DesiredCloud next = google.deployed("approved", GoogleSandbox.version18());
        Mandate asking = new Mandate(Mandate.Mode.Enforce, true, Set.of());
        CloudResult result = converge(next, asking, Known.NOTHING);
        for (int i = 0; i < 10 && result.held().isEmpty(); i++) {
            google.operationsEnd();
            result = google.applier().converge(next, result.pendingOperation(), asking, Known.NOTHING);
        }
        result = converge(next, asking, Known.NOTHING);
        assertThat(result.held()).singleElement().isInstanceOf(Change.Delete.Deployment.class);

        // when another plan is approved, nothing happens
        Mandate other = new Mandate(Mandate.Mode.Enforce, true, Set.of("sha256:" + "0".repeat(64)));
        assertThat(converge(next, other, Known.NOTHING).held()).hasSize(1);

        // and when this one is
        Mandate exactly = new Mandate(Mandate.Mode.Enforce, true, Set.of(result.planHash()));
        assertThat(converge(next, exactly, Known.NOTHING).held()).isEmpty();
        assertThat(google.up(next).settled()).isTrue();
    }

    private DesiredCloud settled(DesiredCloud desired) {
        google.up(desired);
        return desired;
    }

    /** What one round says was found, all of it put back or begun to be. */
    private List<String> putBack(DesiredCloud desired) {
        CloudResult result = converge(desired, Mandate.FULL, Known.NOTHING);
        assertThat(result.applied()).isNotEmpty();
        CloudReport report = CloudReports.of(desired, result, true);
        return report.drift().stream()
                .map(drift -> drift.resource() + " " + drift.field() + ": " + drift.observed())
                .toList();
    }

    private CloudResult converge(DesiredCloud desired, Mandate mandate, Known known) {
        CloudResult result = google.applier().converge(desired, Optional.empty(), mandate, known);
        assertThat(result.failure()).isEmpty();
        assertThat(result.observed().map(ObservedCloud::role)).isPresent();
        return result;
    }

    private void update(Endpoint endpoint, String field) {
        google.cloud()
                .state()
                .endpoints()
                .update(endpoint, FieldMask.newBuilder().addPaths(field).build());
    }

    private static String endpoint(String name) {
        return LOCATION + "/endpoints/spe-" + name;
    }

    private Policies policies() {
        return google.cloud().state().policies();
    }
}
