package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.reconciler.EndpointReconciler;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody changes in the cluster is put back at once and told; while paused it is told alone. */
@SandboxTest
final class DriftIT {

    private static final String ANALYST = "analyst@example.com";

    private final Stage stage;

    DriftIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "drift");
    }

    @Test
    void whatSomebodyChangesInTheClusterIsPutBackAndTold() {
        // given an endpoint that stands, and was looked at since
        stage.applyChat("chat", "ml-analysts-qa");
        stage.awaitReady("chat");
        var name = String.valueOf(stage.gateway("chat").name());
        var client = stage.platform().client();
        stands(name);

        // when and then
        edit(
                client.services().inNamespace(stage.gateways()).withName(name),
                "{\"spec\":{\"selector\":{\"app.kubernetes.io/name\":\"somebody-elses\"}}}",
                "Service/" + name);
        edit(
                client.configMaps().inNamespace(stage.gateways()).withName(name),
                "{\"data\":{\"policy.json\":\"{}\"}}",
                "ConfigMap/" + name);
        edit(
                client.network().networkPolicies().inNamespace(stage.gateways()).withName(name),
                "{\"spec\":{\"ingress\":[{}]}}",
                "NetworkPolicy/" + name);
        edit(
                client.apps().deployments().inNamespace(stage.gateways()).withName(name),
                "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":1}}}}",
                "Deployment/" + name);
        var policies =
                client.network().networkPolicies().inNamespace(stage.gateways()).withName(name);
        policies.delete();
        await().atMost(Platform.LONG).until(() -> policies.get() != null);
        awaitDrift("NetworkPolicy/" + name, "absent");

        // and our finalizer, taken away, comes back
        client.resource(stage.endpoint("chat").orElseThrow())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        await().atMost(Platform.LONG)
                .until(() -> stage.endpoint("chat")
                        .filter(found -> found.getMetadata().getFinalizers().contains(EndpointReconciler.FINALIZER))
                        .isPresent());
        stage.awaitReady("chat");
    }

    @Test
    void aPolicyThatSomebodyPutIntoAPodIsToldAndPutBack() throws IOException {
        // given a pod that has the wanted policy
        stage.applyChat("forged", "ml-analysts-qa");
        stage.awaitReady("forged");
        var caller = stage.caller("forged");
        var token = stage.token(ANALYST);
        assertThat(caller.chat(Optional.of(token))).isEqualTo(200);
        var pod = stage.gatewayPods().stream()
                .filter(found -> found.getMetadata().getName().startsWith("forged"))
                .findFirst()
                .orElseThrow();

        // when somebody on its node gives it another one
        stage.platform().forge(pod, "policy.json", policy -> policy.replace("ml-analysts-qa", "ml-nobody-at-all"));

        // then that is drift of the pod, with both digests, and its kubelet is made to put the file back
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(stage.status("forged").drift()).anySatisfy(drift -> {
                    assertThat(drift.resource())
                            .isEqualTo("Pod/" + pod.getMetadata().getName());
                    assertThat(drift.desired()).isEqualTo(stage.status("forged").policyDigest());
                    assertThat(drift.observed()).startsWith("sha256:").isNotEqualTo(drift.desired());
                    assertThat(drift.revertedAt()).isNotNull();
                }));
        stage.awaitReady("forged");
        assertThat(caller.chat(Optional.of(token))).isEqualTo(200);
    }

    @Test
    void whilePausedNothingIsWrittenButWhoIsRevoked() {
        // given
        stage.applyChat("held", "ml-analysts-qa");
        stage.awaitReady("held");
        var name = String.valueOf(stage.gateway("held").name());
        stands(name);
        var caller = stage.caller("held");
        var token = stage.token(ANALYST);
        assertThat(caller.chat(Optional.of(token))).isEqualTo(200);

        // when the platform team pauses the environment and somebody edits
        environment("{\"spec\":{\"managementPolicy\":\"Paused\"}}");
        stage.awaitReason("held", ConditionType.Paused, "Pausing");
        var service = stage.platform()
                .client()
                .services()
                .inNamespace(stage.gateways())
                .withName(name);
        service.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"publishNotReadyAddresses\":true}}");
        var policies = stage.platform()
                .client()
                .network()
                .networkPolicies()
                .inNamespace(stage.gateways())
                .withName(name);
        policies.delete();

        // then that is told, as drift and as a plan
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(stage.status("held").drift()).anySatisfy(drift -> {
                    assertThat(drift.resource()).isEqualTo("NetworkPolicy/" + name);
                    assertThat(drift.revertedAt()).isNull();
                }));
        assertThat(Objects.requireNonNull(stage.status("held").plan()).changes())
                .anyMatch(change -> change.startsWith("NetworkPolicy/" + name));
        assertThat(policies.get()).isNull();

        // and a caller is locked out nevertheless
        stage.platform()
                .client()
                .resource(stage.endpoint("held").orElseThrow())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"revoked\":{\"subjects\":[{\"issuer\":\"okta\",\"subject\":\"%s\"}]}}}"
                                .formatted(ANALYST));
        await().atMost(Platform.LONG).until(() -> caller.chat(Optional.of(token)) == 401);
        assertThat(policies.get()).isNull();

        // and resuming repairs at once
        environment("{\"spec\":{\"managementPolicy\":\"Enforce\"}}");
        await().atMost(Platform.LONG).until(() -> policies.get() != null);
        stage.awaitReason("held", ConditionType.Paused, "NotPaused");
    }

    private void environment(String change) {
        stage.platform()
                .client()
                .resource(stage.environment().orElseThrow())
                .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    private <T extends HasMetadata> void edit(Resource<T> object, String change, String told) {
        object.patch(PatchContext.of(PatchType.JSON_MERGE), change);
        awaitDrift(told, "");
    }

    private void awaitDrift(String resource, String observed) {
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(drift(resource)).anySatisfy(drift -> {
                    assertThat(drift.revertedAt()).isNotNull();
                    assertThat(String.valueOf(drift.observed())).contains(observed);
                }));
    }

    private List<DriftEntry> drift(String resource) {
        return List.of("chat", "held").stream()
                .flatMap(endpoint -> stage.status(endpoint).drift().stream())
                .filter(drift -> drift.resource().equals(resource))
                .toList();
    }

    /** What stood when this process of the operator last looked is what differences are told against. */
    private void stands(String gateway) {
        await().atMost(Platform.LONG)
                .until(() -> stage.platform()
                                .client()
                                .apps()
                                .deployments()
                                .inNamespace(stage.gateways())
                                .withName(gateway)
                                .get()
                                .getStatus()
                                .getReadyReplicas()
                        != null);
    }
}
