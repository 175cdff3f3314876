package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What applying an endpoint would change is told beforehand, by the operator itself, and nothing is changed by asking. */
@SandboxTest
final class PlanIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final PromotionClient operator;

    PlanIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "plan");
        operator = new PromotionClient(stage.platform());
        stage.platform().apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: pipeline, namespace: %1$s}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: pipeline, namespace: %1$s}
                rules:
                - {apiGroups: [secureprediction.dev], resources: [securepredictionendpoints], verbs: [update]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: pipeline, namespace: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pipeline}
                subjects: [{kind: ServiceAccount, name: pipeline, namespace: %1$s}]
                """.formatted(stage.team()));
    }

    @Test
    void whatWouldChangeIsToldAndNothingChanges() {
        // when somebody asks about an endpoint that is not there yet
        var since = now();
        var fresh = plan(endpoint("ml-analysts-qa"));
        // then all of it is named, and none of it is made
        assertThat(changes(fresh))
                .anyMatch(change -> change.startsWith("Google + serviceAccounts/spe-chat"))
                .anyMatch(change -> change.startsWith("Google + projects/acme-ml-qa iam/"))
                .anyMatch(change -> change.startsWith("Cluster + Deployment/chat"))
                .anyMatch(change -> change.startsWith("Cluster + NetworkPolicy/chat"));
        assertThat(fresh.path("complete").asBoolean()).isTrue();
        assertThat(fresh.path("planHash").asText()).startsWith("sha256:");
        // others of that name, from classes before this one, may be made meanwhile
        assertThat(stage.platform().sandbox().cloud().calls().mutatingSince(since))
                .noneMatch(call -> call.resource().contains(account(fresh)));
        assertThat(stage.platform()
                        .client()
                        .configMaps()
                        .inNamespace(stage.gateways())
                        .list()
                        .getItems())
                .noneMatch(found -> found.getMetadata().getName().startsWith("chat"));

        // when it was applied, then asking again finds nothing to do
        stage.applyChat("chat", "ml-analysts-qa");
        stage.awaitReady("chat");
        assertThat(changes(plan(endpoint("ml-analysts-qa")))).isEmpty();

        // and another group changes the policy alone
        assertThat(changes(plan(endpoint("ml-scientists-qa"))))
                .singleElement()
                .asString()
                .startsWith("Cluster ~ ConfigMap/chat");

        // and what is not granted is refused by the same words as when applied
        var refused = plan(endpoint("ml-analysts-qa").replace("gemini-2.5-flash", "other-model"));
        assertThat(refused.path("accepted").asBoolean()).isFalse();
        assertThat(refused.path("problems").toString()).contains("spec.contract.model");
        assertThat(changes(refused)).isEmpty();
    }

    @Test
    void whoMayNotUpdateItMayNotAsk() {
        stage.platform().apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: stranger, namespace: %s}
                """.formatted(stage.team()));
        var path = "/plans/" + stage.team() + "/chat";
        var stranger = operator.token(stage.team(), "stranger");
        assertThat(operator.post(path, endpoint("ml-analysts-qa"), Optional.of(stranger))
                        .status())
                .isEqualTo(403);
        assertThat(operator.post(path, endpoint("ml-analysts-qa"), Optional.empty())
                        .status())
                .isEqualTo(401);
        var pipeline = operator.token(stage.team(), "pipeline");
        assertThat(operator.post(path + "-other", endpoint("ml-analysts-qa"), Optional.of(pipeline))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anEditOfAnEnvironmentIsToldEndpointByEndpointToWhoMayMakeIt() throws JsonProcessingException {
        // given an endpoint in an environment, and a platform team's pipeline
        var edited = Stage.set(stage.platform().sandbox(), "plan-edit");
        edited.applyChat("chat", "ml-analysts-qa");
        edited.awaitReady("chat");
        var path = "/plans/" + edited.name();
        var asItIs = environment(edited, "");
        var pipeline = Optional.of(operator.token(stage.team(), "pipeline"));
        assertThat(operator.post(path, asItIs, pipeline).status()).isEqualTo(403);
        edited.platform().apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: plan-edit}
                rules:
                - {apiGroups: [secureprediction.dev], resources: [predictionenvironments], verbs: [update]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: plan-edit}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: plan-edit}
                subjects: [{kind: ServiceAccount, name: pipeline, namespace: %s}]
                """.formatted(stage.team()));
        await().atMost(Platform.LONG)
                .until(() -> operator.post(path, asItIs, pipeline).status() == 200);

        // then nothing, a change in turn, a change at once and a refusal are told apart
        var nothing = JSON.readTree(operator.post(path, asItIs, pipeline).body());
        assertThat(nothing.path("endpoints")).isEmpty();
        assertThat(nothing.path("untouched").asInt()).isOne();
        var image = environment(edited, "gateway: {image: \"example.com/other:1\"}");
        var inTurn = JSON.readTree(operator.post(path, image, pipeline).body());
        assertThat(inTurn.path("notes").toString()).contains("in turn, 1 at a time");
        assertThat(inTurn.at("/endpoints/0/changes/0/field").asText()).isEqualTo("image");
        var shorter = environment(edited, "require: {maxTokenLifetimeSeconds: 60}");
        var atOnce = JSON.readTree(operator.post(path, shorter, pipeline).body());
        assertThat(atOnce.path("notes").toString()).contains("for all endpoints at once");
        assertThat(atOnce.at("/endpoints/0/changes").toString()).contains("maxTokenLifetimeSeconds");
        var refused = JSON.readTree(operator.post(path, asItIs.replace("gemini-*", "none"), pipeline)
                .body());
        assertThat(refused.at("/endpoints/0/problems/0").asText()).contains("spec.contract.model");
        assertThat(edited.status("chat").environmentRevision()).isNotNull();
    }

    /** The environment as it is, with these lines more in its spec. */
    private static String environment(Stage stage, String more) {
        var found = stage.environment().orElseThrow();
        var fresh = new PredictionEnvironment();
        fresh.setMetadata(new ObjectMetaBuilder().withName(stage.name()).build());
        fresh.setSpec(found.getSpec());
        return Serialization.asYaml(fresh) + more.indent(2);
    }

    private JsonNode plan(String endpoint) {
        var answer = operator.post(
                "/plans/" + stage.team() + "/chat", endpoint, Optional.of(operator.token(stage.team(), "pipeline")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /** The service account that a plan makes, without its project. */
    private static String account(JsonNode plan) {
        return plan.path("changes").findValuesAsText("resource").stream()
                .filter(resource -> resource.startsWith("serviceAccounts/"))
                .map(resource -> resource.substring(resource.indexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> changes(JsonNode plan) {
        List<String> changes = new ArrayList<>();
        for (JsonNode change : plan.path("changes")) {
            String sign = change.path("observed").asText().equals("absent")
                    ? "+"
                    : change.path("desired").asText().equals("absent") ? "-" : "~";
            changes.add(change.path("where").asText() + " " + sign + " "
                    + change.path("resource").asText() + " "
                    + change.path("field").asText() + " "
                    + change.path("observed").asText() + " -> "
                    + change.path("desired").asText());
        }
        return changes;
    }

    private Instant now() {
        return stage.platform().sandbox().cloud().state().clock().instant();
    }

    private String endpoint(String group) {
        return """
                {"apiVersion": "secureprediction.dev/v1alpha1", "kind": "SecurePredictionEndpoint",
                 "metadata": {"name": "chat", "namespace": "%s"},
                 "spec": {
                   "environmentRef": {"name": "%s"},
                   "contract": {
                     "model": {"publisher": {"publisher": "google", "name": "gemini-2.5-flash"}},
                     "access": {"roles": [
                       {"name": "analyst", "when": "bindings.analysts in claims.groups", "actions": ["Predict", "Stream"]}]}},
                   "placement": {"bindings": {"analysts": "%s"}},
                   "deletionPolicy": "Delete"}}
                """.formatted(stage.team(), stage.name(), group);
    }
}
