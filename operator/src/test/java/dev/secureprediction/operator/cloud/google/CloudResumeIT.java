package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.OperationState;
import dev.secureprediction.operator.diff.Obstacle;
import dev.secureprediction.sandbox.cloud.vertex.OperationKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long operations outlive the operator: by their name, and without it. */
final class CloudResumeIT {

    private GoogleSandbox google;

    @BeforeEach
    void start() {
        google = new GoogleSandbox();
        google.cloud().state().operations().takes(OperationKind.DEPLOY_MODEL, Duration.ofMinutes(40));
        google.cloud().state().operations().takes(OperationKind.CREATE_ENDPOINT, Duration.ofMinutes(2));
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void a_deployment_is_resumed_by_its_name_after_a_restart() {
        DesiredCloud desired = google.deployed("resumed");
        CloudResult deploying = untilDeploying(desired);

        try (GoogleCloudResources restarted = google.restarted()) {
            CloudApplier applier = new CloudApplier(restarted);

            // when asked again and again while it runs
            for (int i = 0; i < 3; i++) {
                CloudResult waiting = applier.converge(desired, deploying.pendingOperation());
                assertThat(waiting.applied()).isEmpty();
                assertThat(waiting.pendingOperation()).isEqualTo(deploying.pendingOperation());
                assertThat(waiting.plan().obstacles()).hasExactlyElementsOfTypes(Obstacle.OperationRunning.class);
            }
            google.cloud().state().clock().advance(Duration.ofMinutes(41));
            CloudResult done = applier.converge(desired, deploying.pendingOperation());

            // then only access was left to be granted
            assertThat(done.applied()).hasExactlyElementsOfTypes(Change.Grant.class);
            assertThat(done.pendingOperation()).isEmpty();
        }
        assertThat(deployments("resumed")).isEqualTo(1);
    }

    @Test
    void a_deployment_whose_name_was_lost_is_found_and_not_begun_twice() {
        // given an operator killed after it began the deployment and before it noted the name
        DesiredCloud desired = google.deployed("orphaned");
        String lost = untilDeploying(desired).pendingOperation().orElseThrow();

        try (GoogleCloudResources restarted = google.restarted()) {
            CloudResult found = new CloudApplier(restarted).converge(desired, Optional.empty());

            assertThat(found.applied()).isEmpty();
            assertThat(found.pendingOperation()).contains(lost);
        }
        google.cloud().state().clock().advance(Duration.ofMinutes(41));
        google.up(desired);
        assertThat(deployments("orphaned")).isEqualTo(1);
    }

    @Test
    void an_endpoint_whose_creation_was_lost_is_waited_for() {
        DesiredCloud desired = google.deployed("lostone");
        google.applier().converge(desired, Optional.empty());

        // when a restarted operator finds no endpoint and no name
        CloudResult again = google.applier().converge(desired, Optional.empty());

        // then Google refuses a second one, and that is a matter of time
        assertThat(again.failure()).containsInstanceOf(CloudException.Propagating.class);
        google.cloud().state().clock().advance(Duration.ofMinutes(3));
        assertThat(google.applier().converge(desired, Optional.empty()).applied())
                .hasExactlyElementsOfTypes(Change.Create.Deployment.class);
        assertThat(google.cloud().state().endpoints().list(GoogleSandbox.LOCATION, ""))
                .filteredOn(e -> e.getName().endsWith("/spe-lostone"))
                .hasSize(1);
    }

    @Test
    void a_failed_deployment_is_told_and_begun_again_later() {
        DesiredCloud desired = google.deployed("failing");
        google.cloud().state().operations().failNext(OperationKind.DEPLOY_MODEL, Code.RESOURCE_EXHAUSTED);
        CloudResult deploying = untilDeploying(desired);
        google.cloud().state().clock().advance(Duration.ofMinutes(41));

        CloudResult failed = google.applier().converge(desired, deploying.pendingOperation());

        assertThat(failed.applied()).isEmpty();
        assertThat(failed.pendingOperation()).isEmpty();
        assertThat(failed.plan().obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.message()).contains(Code.RESOURCE_EXHAUSTED.name()));

        // when the name is no longer pending
        CloudResult again = google.applier().converge(desired, failed.pendingOperation());

        assertThat(again.applied()).hasExactlyElementsOfTypes(Change.Create.Deployment.class);
    }

    @Test
    void an_operation_that_google_forgot_is_no_obstacle() {
        DesiredCloud desired = google.deployed("forgotten");
        String unknown = "projects/100000000002/locations/europe-west4/endpoints/spe-forgotten/operations/1";

        CloudResult result = google.applier().converge(desired, Optional.of(unknown));

        assertThat(result.observed().orElseThrow().operation()).contains(new OperationState.Vanished(unknown));
        assertThat(result.applied()).isNotEmpty();
    }

    private CloudResult untilDeploying(DesiredCloud desired) {
        CloudResult creating = google.applier().converge(desired, Optional.empty());
        google.cloud().state().clock().advance(Duration.ofMinutes(3));
        CloudResult deploying = google.applier().converge(desired, creating.pendingOperation());
        assertThat(deploying.applied()).hasExactlyElementsOfTypes(Change.Create.Deployment.class);
        return deploying;
    }

    private long deployments(String name) {
        return google.cloud().calls().of("DeployModel").stream()
                .filter(call -> call.resource().endsWith("/spe-" + name))
                .count();
    }
}
