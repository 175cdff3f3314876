package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application team may not do, and what follows when the platform team changes something under it. */
@SandboxTest
final class TenancyIT {

    private final Stage stage;
    private final Platform platform;

    TenancyIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "tenancy");
        platform = stage.platform();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get configmaps",
                "patch configmaps",
                "get secrets",
                "list secrets",
                "create pods",
                "create pods/exec",
                "create pods/portforward",
                "patch deployments.apps",
                "patch services",
                "create serviceaccounts/token",
                "impersonate serviceaccounts"
            })
    void aTeamWithAllItsRightsHasNoneWhereGatewaysRun(String right) {
        // given the widest role that a team gets in its own namespace
        platform.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: team, namespace: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
                subjects: [{kind: ServiceAccount, name: default, namespace: %1$s}]
                """.formatted(stage.team()));
        var words = right.split(" ", 2);
        // then
        assertThat(mayI(words[0], words[1], stage.gateways())).isEqualTo("no");
        assertThat(mayI("create", "pods", stage.team())).isEqualTo("yes");
    }

    @Test
    void aNamespaceThatLosesItsGrantIsToldSoAndServesOn() {
        // given
        stage.applyChat("grant", "ml-analysts-qa");
        stage.awaitReady("grant");
        // when the platform takes the namespace's label away
        relabel("elsewhere");
        // then
        stage.awaitReason("grant", ConditionType.Accepted, "NotAllowedByEnvironment");
        assertThat(stage.condition("grant", ConditionType.Available))
                .hasValueSatisfying(available -> assertThat(available.status()).isEqualTo("True"));
        // and when it is put back, all is well again
        relabel(stage.name());
        stage.awaitReady("grant");
    }

    @Test
    void anEnvironmentWaitsForItsEndpoints() {
        // given
        var other = Stage.set(platform.sandbox(), "waiting");
        other.applyChat("last", "ml-analysts-qa");
        other.awaitReady("last");
        // when
        platform.client().resource(other.environment().orElseThrow()).delete();
        await().atMost(Platform.LONG)
                .until(() -> other.environment()
                        .filter(found -> found.getMetadata().getDeletionTimestamp() != null)
                        .isPresent());
        // then it is still there for its endpoint, and goes with it
        assertThat(Objects.requireNonNull(other.environment().orElseThrow().getMetadata())
                        .getFinalizers())
                .isNotEmpty();
        other.delete("last");
        other.awaitGone("last");
        await().atMost(Platform.LONG).until(() -> other.environment().isEmpty());
        assertThat(platform.client()
                        .secrets()
                        .inNamespace(other.gateways())
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void anEnvironmentThatDoesNotExistYetIsWaitedFor() {
        // given an endpoint before its environment
        platform.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("early-team")
                        .addToLabels("stage", "early")
                        .endMetadata()
                        .build())
                .serverSideApply();
        var early = new Stage(platform, "early");
        early.applyChat("first", "ml-analysts-qa");
        early.awaitReason("first", ConditionType.Accepted, "EnvironmentNotFound");
        // when
        early.applyEnvironment();
        // then
        early.awaitReady("first");
    }

    private void relabel(String value) {
        platform.client().namespaces().withName(stage.team()).edit(namespace -> {
            namespace.getMetadata().getLabels().put("stage", value);
            return namespace;
        });
    }

    private String mayI(String verb, String resource, String namespace) {
        var account = "system:serviceaccount:" + stage.team() + ":default";
        var answer = platform.sandbox()
                .cluster()
                .kubectl(List.of("auth", "can-i", verb, resource, "-n", namespace, "--as", account)
                        .toArray(String[]::new));
        return answer.output().strip();
    }
}
