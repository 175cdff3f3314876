package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.aiplatform.v1.DedicatedResources;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.MachineSpec;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.PlanStatus;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What was agreed to is one plan and no other: when somebody changes the cloud in between, it is void, and says so. */
@SandboxTest
final class ApprovalIT {

    private static final String BY_HAND = "4711";

    private final Stage stage;
    private final GoogleCloud cloud;

    ApprovalIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "approved");
        cloud = sandbox.cloud();
    }

    @Test
    void anApprovalIsVoidOnceTheCloudChangedAndTheNewOneIsCarriedThrough() {
        // given an endpoint whose owner must agree before anything is destroyed, with a new model that serves
        patch(stage.environment().orElseThrow(), "{\"spec\":{\"require\":{\"approval\":\"Owner\"}}}");
        stage.applyChurn("churn");
        stage.awaitReady("churn");
        stage.applyChurn("churn", "18", "c07d1e9a5b2f4836");
        stage.awaitReason("churn", ConditionType.EndpointReady, "Held");
        var first = plan();
        assertThat(first.changes()).singleElement().asString().contains("1234567890@17");

        // when somebody deploys another model by hand, before the owner agrees to what was shown
        deployByHand();
        approve(first.hash());

        // then nothing of either plan is done, and the reason names what to do
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(told())
                        .contains("the plan that was approved is void", "what was found has changed", "status.plan"));
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(plan().changes()).hasSize(2));
        var second = plan();
        assertThat(second.hash()).isNotEqualTo(first.hash());
        assertThat(second.changes())
                .allMatch(change -> change.startsWith("destructive: "))
                .anyMatch(change -> change.contains("1234567890@17"))
                .anyMatch(change -> change.matches(".*1234567890@1\\b.*"));
        assertThat(versions()).containsExactlyInAnyOrder("17", "18", "1");

        // and when the owner agrees to that, both of its steps are made, though each takes a while
        approve(second.hash());
        await().atMost(Platform.LONG).until(() -> versions().equals(List.of("18")));
        stage.awaitReady("churn");
        assertThat(stage.status("churn").plan()).isNull();
        stage.delete("churn");
        stage.awaitGone("churn");
    }

    private void deployByHand() {
        cloud.state()
                .deployments()
                .deploy(
                        endpoint().getName(),
                        DeployedModel.newBuilder()
                                .setId(BY_HAND)
                                .setModel("projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION
                                        + "/models/1234567890@1")
                                .setDedicatedResources(DedicatedResources.newBuilder()
                                        .setMachineSpec(MachineSpec.newBuilder().setMachineType("n1-standard-4"))
                                        .setMinReplicaCount(1)
                                        .setMaxReplicaCount(1))
                                .build(),
                        Map.of());
        await().atMost(Platform.LONG).until(() -> versions().contains("1"));
    }

    private PlanStatus plan() {
        return Objects.requireNonNull(stage.status("churn").plan(), "no plan in status");
    }

    private String told() {
        return stage.condition("churn", ConditionType.EndpointReady)
                .map(Condition::message)
                .orElse("");
    }

    private void approve(String hash) {
        patch(stage.endpoint("churn").orElseThrow(), "{\"spec\":{\"approvedPlanHash\":\"%s\"}}".formatted(hash));
    }

    private void patch(HasMetadata resource, String change) {
        stage.platform().client().resource(resource).patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    private List<String> versions() {
        return endpoint().getDeployedModelsList().stream()
                .map(DeployedModel::getModelVersionId)
                .toList();
    }

    private Endpoint endpoint() {
        var name = String.valueOf(
                Objects.requireNonNull(stage.status("churn").endpoint()).name());
        return cloud.state()
                .endpoints()
                .get("projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION + "/endpoints/"
                        + name.substring(name.lastIndexOf('/') + 1));
    }
}
