package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.rpc.Code;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Another model takes the calls only after it has answered the canary; until then, and if it does not, the old one does. */
@SandboxTest
final class UpgradeIT {

    private static final String NEW_MODEL = "models/1234567890@18";
    private static final String OLD = "9f2c41d07be85a63";
    private static final String NEW = "c07d1e9a5b2f4836";

    private final Stage stage;
    private final GoogleCloud cloud;

    UpgradeIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "upgrade");
        cloud = sandbox.cloud();
    }

    @Test
    void aModelThatDoesNotAnswerTheCanaryIsNotGivenTheCallsAndOneThatDoesLosesNone() throws InterruptedException {
        // given an endpoint that serves version 17
        stage.applyChurnWithCanary("churn", "17", OLD);
        stage.awaitReady("churn");
        assertThat(predict()).isEqualTo(200);
        // and whose gateway could ask what it may do, there and in the project
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(
                                Objects.requireNonNull(stage.status("churn").identity())
                                        .unread())
                        .noneMatch(unread -> unread.startsWith("own permissions")));

        // when version 18 is asked for, and is broken
        cloud.faults().fail(NEW_MODEL, Code.INTERNAL, 1_000_000);
        stage.applyChurnWithCanary("churn", "18", NEW);

        // then that is said, and 17 takes all calls
        stage.awaitReason("churn", ConditionType.EndpointReady, "CanaryUnanswered");
        assertThat(stage.condition("churn", ConditionType.EndpointReady).map(Condition::message))
                .hasValue("model 1234567890@18 did not answer the canary; 1234567890@17 takes all calls; name another"
                        + " spec.placement.model, or correct the canary");
        assertThat(serving()).isEqualTo(Map.of("17", 100));
        for (int i = 0; i < 100; i++) {
            assertThat(predict()).isEqualTo(200);
        }
        // and it is not tried again for as long as it is the same deployment
        stage.awaitReason("churn", ConditionType.Stalled, "CanaryUnanswered");
        assertThat(serving()).isEqualTo(Map.of("17", 100));

        // when the team goes back
        stage.applyChurnWithCanary("churn", "17", OLD);
        stage.awaitReady("churn");
        assertThat(endpoint().getDeployedModelsCount()).isOne();

        // and forward again, once 18 is mended
        cloud.faults().fail(NEW_MODEL, Code.INTERNAL, 0);
        var since = cloud.state().clock().instant();
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread callers = Thread.startVirtualThread(() -> {
            while (!over.get()) {
                answers.merge(predict(), 1, Integer::sum);
            }
        });
        stage.applyChurnWithCanary("churn", "18", NEW);
        await().atMost(Platform.LONG).until(() -> serving().equals(Map.of("18", 100)));
        stage.awaitReady("churn");
        over.set(true);
        callers.join();

        // then not one call was lost, and the steps came in this order
        assertThat(answers).containsOnlyKeys(200);
        assertThat(cloud.calls().since(since))
                .filteredOn(call -> call.resource().contains(endpointId()) && call.mutating())
                .extracting(call -> call.simpleMethod())
                .containsSubsequence("DeployModel", "UpdateEndpoint", "UpdateEndpoint", "UndeployModel");
        assertThat(endpoint().getDeployedModelsCount()).isOne();
        assertThat(Objects.requireNonNull(stage.status("churn").endpoint()).modelVersion())
                .isEqualTo("18");
        stage.delete("churn");
        stage.awaitGone("churn");
    }

    private int predict() {
        return stage.caller("churn")
                .post(
                        "/v1/" + endpoint().getName() + ":predict",
                        "{\"instances\":[{\"tenure\":4}]}",
                        Optional.of(stage.token("analyst@example.com")));
    }

    /** Share of the calls by model version. */
    private Map<String, Integer> serving() {
        Endpoint endpoint = endpoint();
        Map<String, Integer> shares = new ConcurrentHashMap<>();
        for (DeployedModel model : endpoint.getDeployedModelsList()) {
            int share = endpoint.getTrafficSplitOrDefault(model.getId(), 0);
            if (share > 0) {
                shares.put(model.getModelVersionId(), share);
            }
        }
        return shares;
    }

    private Endpoint endpoint() {
        return cloud.state()
                .endpoints()
                .get("projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION + "/endpoints/" + endpointId());
    }

    private String endpointId() {
        var name = String.valueOf(
                Objects.requireNonNull(stage.status("churn").endpoint()).name());
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
