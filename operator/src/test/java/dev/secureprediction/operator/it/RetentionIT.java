package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More goes than somebody may have meant: a team's namespace, a gateway namespace, the definition itself. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RetentionIT {

    /** A sandbox of its own, since the definitions go. */
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.alone();

    private final Sandbox sandbox;

    RetentionIT(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    @Order(1)
    void whatGoesWithItsNamespaceIsRetained() {
        // given an endpoint that does not ask to be deleted, and one that does
        var stage = Stage.set(sandbox, "going-team");
        stage.applyChat("asked", "ml-analysts-qa");
        stage.applyChat("kept", "ml-analysts-qa");
        doNotAskForDeletion(stage, "kept");
        var asked = account(stage, "asked");
        var kept = account(stage, "kept");
        // when their namespace goes
        deleteNamespace(stage.team());
        // then both gateways are gone, and of the accounts just the one that was asked for
        awaitNoPods(stage);
        assertThat(exists(kept)).isTrue();
        assertThat(exists(asked)).isFalse();
    }

    @Test
    @Order(2)
    void aGatewayNamespaceThatGoesHoldsNothingUp() {
        // given
        var stage = Stage.set(sandbox, "going-gateways");
        stage.applyChat("chat", "ml-analysts-qa");
        var account = account(stage, "chat");
        // when the namespace of its gateway goes, and with it the operator's rights there
        deleteNamespace(stage.gateways());
        assertThat(exists(account)).isTrue();
        // then the endpoint can still go, and its account with it
        stage.delete("chat");
        stage.awaitGone("chat");
        assertThat(exists(account)).isFalse();
    }

    @Test
    @Order(3)
    void whatGoesWithItsKindIsRetained() {
        // given an endpoint that asks to be deleted in Google Cloud when it goes
        var stage = Stage.set(sandbox, "going-kind");
        stage.applyChat("chat", "ml-analysts-qa");
        var account = account(stage, "chat");
        // when somebody uninstalls the definition
        var definition = sandbox.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(CustomResource.getCRDName(SecurePredictionEndpoint.class));
        definition.delete();
        // then it goes, the gateway too, and the account stays for whoever installs it again
        await().atMost(Platform.LONG).until(() -> definition.get() == null);
        awaitNoPods(stage);
        assertThat(exists(account)).isTrue();
    }

    private static void doNotAskForDeletion(Stage stage, String endpoint) {
        stage.awaitReady(endpoint);
        stage.platform()
                .client()
                .resource(stage.endpoint(endpoint).orElseThrow())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"deletionPolicy\":null}}");
        stage.awaitReady(endpoint);
    }

    private static String account(Stage stage, String endpoint) {
        stage.awaitReady(endpoint);
        return String.valueOf(
                Objects.requireNonNull(stage.status(endpoint).identity()).serviceAccount());
    }

    private void deleteNamespace(String name) {
        var namespace = sandbox.client().namespaces().withName(name);
        namespace.delete();
        await().atMost(Platform.LONG).until(() -> namespace.get() == null);
    }

    private static void awaitNoPods(Stage stage) {
        await().atMost(Platform.LONG).until(() -> stage.gatewayPods().isEmpty());
    }

    private boolean exists(String account) {
        return sandbox.cloud()
                .state()
                .accounts()
                .find("projects/" + Stage.PROJECT + "/serviceAccounts/" + account)
                .isPresent();
    }
}
