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

    private void patch(String endpoint, String json) {
        stage.platform()
                .client()
                .resource(stage.endpoint(endpoint).orElseThrow())
                .patch(MERGE, json);
    }
}
