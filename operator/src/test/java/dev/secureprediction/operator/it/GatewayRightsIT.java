package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator works where the platform team lets it, and says what is missing where it does not. */
@SandboxTest
final class GatewayRightsIT {

    private static final String ACCOUNT = "system:serviceaccount:" + Platform.SYSTEM + ":" + Platform.OPERATOR;

    private final Platform platform;
    private final Stage stage;

    GatewayRightsIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "rights");
        platform = stage.platform();
    }

    @ParameterizedTest
    @CsvSource({
        "get,secrets",
        "list,secrets",
        "create,secrets",
        "update,secrets",
        "create,configmaps",
        "patch,configmaps",
        "delete,configmaps",
        "create,deployments.apps",
        "patch,deployments.apps",
        "create,serviceaccounts",
        "delete,pods",
        "patch,pods",
        "delete,services",
        "create,pods",
        "create,pods/exec",
        "create,rolebindings",
        "patch,namespaces",
        "create,serviceaccounts/token"
    })
    void elsewhereItMayNot(String verb, String resource) {
        assertThat(mayIt(verb, resource, stage.team())).isEqualTo("no");
        assertThat(mayIt(verb, resource, "kube-system")).isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource({"get,secrets", "create,secrets", "patch,configmaps", "create,deployments.apps", "delete,pods"})
    void inAGatewayNamespaceItMay(String verb, String resource) {
        assertThat(mayIt(verb, resource, stage.gateways())).isEqualTo("yes");
    }

    @Test
    void whatIsMissingIsALineToRun() {
        // given an environment whose gateway namespace the platform team has forgotten, and an endpoint that serves
        // already
        stage.applyChat("served", "ml-analysts-qa");
        stage.awaitReady("served");
        var forgotten = new Stage(platform, "rights-forgotten");
        forgotten.applyEnvironment();
        revoke(forgotten);
        forgotten.applyChat("chat", "ml-analysts-qa");
        // then the environment and its endpoint say what to run
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(accepted(forgotten))
                        .hasValueSatisfying(
                                accepted -> assertThat(accepted.reason()).isEqualTo("GatewayNamespaceNotGranted")));
        var message = accepted(forgotten).orElseThrow().message();
        assertThat(message).contains("; run: kubectl create rolebinding ").doesNotContain("Exception");
        forgotten.awaitReason("chat", ConditionType.Accepted, "EnvironmentInvalid");
        assertThat(forgotten.condition("chat", ConditionType.Accepted))
                .hasValueSatisfying(accepted -> assertThat(accepted.message()).contains("kubectl create rolebinding"));
        // when that line is run, as it is
        var words = message.substring(message.indexOf("kubectl ") + 8).strip().split(" ");
        platform.sandbox().cluster().kubectl(words).orThrow();
        // then all is well by itself
        forgotten.awaitReady("chat");
        assertThat(accepted(forgotten).orElseThrow().status()).isEqualTo("True");

        // when the right is taken away later, it is said, and what is there serves on
        revoke(stage);
        stage.awaitReason("served", ConditionType.Accepted, "EnvironmentInvalid");
        assertThat(stage.caller("served").chat(Optional.of(stage.token("analyst@example.com"))))
                .isEqualTo(200);
        stage.applyEnvironment();
        stage.awaitReady("served");
    }

    private void revoke(Stage stage) {
        platform.client()
                .rbac()
                .roleBindings()
                .inNamespace(stage.gateways())
                .withName(Platform.OPERATOR)
                .delete();
    }

    private static Optional<Condition> accepted(Stage stage) {
        return stage.environment()
                .filter(found -> found.getStatus() != null)
                .flatMap(found -> Conditions.find(found.getStatus().conditions(), ConditionType.Accepted));
    }

    private String mayIt(String... verbResourceNamespace) {
        var words = Arrays.asList(
                "auth",
                "can-i",
                verbResourceNamespace[0],
                verbResourceNamespace[1],
                "-n",
                verbResourceNamespace[2],
                "--as",
                ACCOUNT);
        return platform.sandbox()
                .cluster()
                .kubectl(words.toArray(String[]::new))
                .output()
                .strip();
    }
}
