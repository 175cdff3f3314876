package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.aiplatform.v1.Endpoint;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.PlanStatus;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What cannot be changed in place is made anew when a person has agreed to exactly that; until then it serves. */
@SandboxTest
final class ReplacementIT {

    private static final String KEY =
            "projects/acme-ml-qa/locations/europe-west4/keyRings/predictions/cryptoKeys/endpoints";

    private final Stage stage;

    ReplacementIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "replaced");
    }

    @Test
    void anotherKeyMakesTheEndpointAnewOnceItsOwnerAgreed() {
        // given an endpoint that serves
        stage.applyChurn("churn");
        stage.awaitReady("churn");
        assertThat(predict()).isEqualTo(200);

        // when the platform team asks for a key, and for agreement before anything is destroyed
        patch(
                stage.environment().orElseThrow(),
                "{\"spec\":{\"require\":{\"approval\":\"Owner\",\"encryptionKey\":\"%s\"}}}".formatted(KEY));

        // then what would go is told, and it serves on
        stage.awaitReason("churn", ConditionType.EndpointReady, "Held");
        PlanStatus plan = Objects.requireNonNull(stage.status("churn").plan());
        assertThat(plan.changes())
                .anyMatch(change -> change.startsWith("destructive: endpoints/") && change.contains(KEY));
        assertThat(predict()).isEqualTo(200);

        // and when it agreed to something else, that is void
        approve("sha256:" + "0".repeat(64));
        await().atMost(Platform.LONG)
                .until(() -> stage.condition("churn", ConditionType.EndpointReady)
                        .map(Condition::message)
                        .filter(message -> message.contains("is void"))
                        .isPresent());
        assertThat(predict()).isEqualTo(200);

        // and when it agreed to this, it is carried through to the end
        approve(plan.hash());
        await().atMost(Platform.LONG)
                .until(() -> endpoint()
                        .filter(found ->
                                found.getEncryptionSpec().getKmsKeyName().equals(KEY))
                        .isPresent());
        stage.awaitReady("churn");
        assertThat(stage.status("churn").plan()).isNull();
        await().atMost(Platform.LONG).until(() -> predict() == 200);
        stage.delete("churn");
        stage.awaitGone("churn");
    }

    private void approve(String hash) {
        patch(stage.endpoint("churn").orElseThrow(), "{\"spec\":{\"approvedPlanHash\":\"%s\"}}".formatted(hash));
    }

    private void patch(HasMetadata resource, String change) {
        stage.platform().client().resource(resource).patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    private int predict() {
        return stage.caller("churn")
                .post(
                        "/v1/" + name() + ":predict",
                        "{\"instances\":[{\"tenure\":4}]}",
                        Optional.of(stage.token("analyst@example.com")));
    }

    private Optional<Endpoint> endpoint() {
        return stage.platform().sandbox().cloud().state().endpoints().find(name());
    }

    private String name() {
        var found = String.valueOf(
                Objects.requireNonNull(stage.status("churn").endpoint()).name());
        return "projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION + "/endpoints/"
                + found.substring(found.lastIndexOf('/') + 1);
    }
}
