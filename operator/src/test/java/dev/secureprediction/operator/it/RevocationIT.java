package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody has to be locked out, now. */
@SandboxTest
final class RevocationIT {

    private static final String ANALYST = "analyst@example.com";
    private static final String GROUP = "ml-analysts-qa";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Stage stage;

    RevocationIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "revocation");
    }

    @Test
    void aRevokedPersonIsLockedOutAlsoWhileAnEditIsRefused() {
        // given
        stage.applyChat("revoked", GROUP);
        stage.awaitReady("revoked");
        var caller = stage.caller("revoked");
        var token = Optional.of(stage.token(ANALYST));
        assertThat(caller.chat(token)).isEqualTo(200);
        // and an edit that is refused
        patch("revoked", "{\"spec\":{\"placement\":{\"location\":\"us-central1\"}}}");
        stage.awaitReason("revoked", ConditionType.Accepted, "LocationNotAllowed");
        assertThat(caller.chat(token)).isEqualTo(200);
        // when
        patch(
                "revoked",
                "{\"spec\":{\"revoked\":{\"subjects\":[{\"issuer\":\"okta\",\"subject\":\"" + ANALYST + "\"}]}}}");
        // then the token that was good a moment ago is not
        await().atMost(Platform.LONG).until(() -> caller.chat(token) == 401);
        assertThat(stage.condition("revoked", ConditionType.Accepted))
                .map(Condition::reason)
                .contains("LocationNotAllowed");
    }

    @Test
    void aRevokedPersonIsLockedOutAlsoWhileTheEnvironmentIsRefused() {
        // given an environment of which an edit is refused
        var other = Stage.set(stage.platform().sandbox(), "revocation-held");
        other.applyChat("held", GROUP);
        other.awaitReady("held");
        var caller = other.caller("held");
        var token = Optional.of(other.token(ANALYST));
        patch(other, "{\"spec\":{\"promotesFrom\":{\"environment\":\"nowhere\"}}}");
        other.awaitReason("held", ConditionType.Accepted, "EnvironmentInvalid");
        assertThat(caller.chat(token)).isEqualTo(200);
        // when the platform team revokes somebody there
        patch(other, "{\"spec\":{\"revoked\":{\"subjects\":[{\"issuer\":\"okta\",\"subject\":\"" + ANALYST + "\"}]}}}");
        // then that person is locked out, and everybody else is served on
        await().atMost(Platform.LONG).until(() -> caller.chat(token) == 401);
        assertThat(other.condition("held", ConditionType.Accepted))
                .map(Condition::reason)
                .contains("EnvironmentInvalid");
        // and when the edit is corrected, all is as it says
        patch(other, "{\"spec\":{\"promotesFrom\":null,\"revoked\":null}}");
        other.awaitReady("held");
        await().atMost(Platform.LONG).until(() -> caller.chat(token) == 200);
    }

    private static void patch(Stage stage, String json) {
        stage.platform().client().resource(stage.environment().orElseThrow()).patch(MERGE, json);
    }

    private void patch(String endpoint, String json) {
        stage.platform()
                .client()
                .resource(stage.endpoint(endpoint).orElseThrow())
                .patch(MERGE, json);
    }
}
