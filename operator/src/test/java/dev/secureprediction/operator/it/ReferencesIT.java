package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What endpoints refer to comes, goes and changes; the answer follows by itself, and names the field. */
@SandboxTest
final class ReferencesIT {

    private static final String GROUP = "ml-analysts-qa";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Stage stage;

    ReferencesIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "references");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuer     | "issuers":["ping"],"when":"true" |                             | UnknownIssuer           | spec.contract.access.roles[0].issuers[0]
            expression | "when":"claims.groups ="         |                             | InvalidExpression       | spec.contract.access.roles[0].when
            not-bool   | "when":"size(claims.groups)"     |                             | InvalidExpression       | spec.contract.access.roles[0].when
            limits     | "when":"true","limits":{"requestsPerMinute":1} | "gateway":{"maxReplicas":2} | InvalidSpec | spec.contract.access.roles[0].limits.requestsPerMinute
            location   | "when":"true"                    | "location":"us-central1"    | LocationNotAllowed      | spec.placement.location
            hostname   | "when":"true"                    | "exposure":{"hostname":"chat.example.com"} | NotAllowedByEnvironment | spec.placement.exposure.hostname
            replicas   | "when":"true"                    | "gateway":{"maxReplicas":99} | NotAllowedByEnvironment | spec.placement.gateway.maxReplicas
            """)
    void aRefusalNamesTheField(String name, String role, String placement, String reason, String path) {
        // when
        apply(stage, name, role, Objects.requireNonNullElse(placement, ""));

        // then
        stage.awaitReason(name, ConditionType.Accepted, reason);
        var accepted = stage.condition(name, ConditionType.Accepted).orElseThrow();
        assertThat(accepted.message()).contains(path + ": ");
        assertThat(stage.condition(name, ConditionType.Stalled))
                .map(Condition::reason)
                .contains(reason);
        assertThat(stage.condition(name, ConditionType.Reconciling)).isEmpty();
        var endpoint = stage.endpoint(name).orElseThrow();
        assertThat(endpoint.getStatus().observedGeneration())
                .isEqualTo(endpoint.getMetadata().getGeneration());
        // and nothing was made for it
        assertThat(endpoint.getStatus().url()).isNull();
    }

    @Test
    void anEditOfTheEnvironmentReachesItsEndpoints() {
        // given
        var edited = new Stage(stage.platform(), "references-edit");
        edited.applyEnvironment();
        edited.applyChat("chat", GROUP);
        edited.awaitReason("chat", ConditionType.Accepted, "Valid");
        // when it is made to follow an environment that is not there
        patch(edited, "{\"spec\":{\"promotesFrom\":{\"environment\":\"nowhere\"}}}");
        // then both say so
        edited.awaitReason("chat", ConditionType.Accepted, "EnvironmentInvalid");
        awaitEnvironment(edited, ConditionType.Accepted, "UpstreamNotFound");
        assertThat(edited.condition("chat", ConditionType.Accepted)
                        .orElseThrow()
                        .message())
                .contains("nowhere");
        // and when that is corrected, both recover
        patch(edited, "{\"spec\":{\"promotesFrom\":null}}");
        awaitEnvironment(edited, ConditionType.Accepted, "Valid");
        edited.awaitReason("chat", ConditionType.Accepted, "Valid");
    }

    @Test
    void whatIsNearlyUsedUpIsToldBeforeTheNextEndpointFindsNoRoom() {
        // given an environment whose project may hold no more accounts than it has, by what the platform team says
        var full = new Stage(stage.platform(), "references-full");
        full.applyEnvironment();
        awaitEnvironment(full, ConditionType.QuotaLeft, "RoomLeft");
        // when
        patch(full, "{\"spec\":{\"quotas\":{\"serviceAccounts\":1}}}");
        // then it is told, and stops nothing
        awaitEnvironment(full, ConditionType.QuotaLeft, "RoomLow");
        var told = Conditions.find(conditions(full.environment().orElseThrow()), ConditionType.QuotaLeft)
                .orElseThrow();
        assertThat(told.message()).contains("of 1 service accounts", "spec.quotas.serviceAccounts");
        awaitEnvironment(full, ConditionType.Ready, "AllReady");
        // and when there is more room, that is told too
        patch(full, "{\"spec\":{\"quotas\":null}}");
        awaitEnvironment(full, ConditionType.QuotaLeft, "RoomLeft");
    }

    @Test
    void aRequirementOfTheEnvironmentIsSeenInStatus() {
        // given
        var floors = new Stage(stage.platform(), "references-floors");
        floors.applyEnvironment();
        floors.applyChat("chat", GROUP);
        floors.awaitReason("chat", ConditionType.Accepted, "Valid");
        // when
        patch(floors, "{\"spec\":{\"require\":{\"gatewayMinReplicas\":2}}}");
        // then
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(floors.status("chat").effective())
                        .anySatisfy(value -> {
                            assertThat(value.field()).isEqualTo("placement.gateway.minReplicas");
                            assertThat(value.value()).isEqualTo("2");
                            assertThat(value.source()).contains("environment " + floors.name());
                        }));
    }

    @Test
    void theOlderOfTwoClaimantsKeepsTheApplication() {
        // given
        var twice = new Stage(stage.platform(), "references-twice");
        twice.applyEnvironment();
        twice.applyChat("first", GROUP);
        twice.awaitReason("first", ConditionType.Accepted, "Valid");
        // when another endpoint says that it is the same application
        twice.applyChat("second", GROUP);
        application(twice, "second", "first");
        // then
        twice.awaitReason("second", ConditionType.Accepted, "DuplicateApplication");
        assertThat(twice.condition("first", ConditionType.Accepted))
                .map(Condition::reason)
                .contains("Valid");
        // and it takes the place once the first is gone
        twice.delete("first");
        twice.awaitGone("first");
        twice.awaitReason("second", ConditionType.Accepted, "Valid");
    }

    /** Whether callers outside come to it is one thing, whether it serves another. */
    @Test
    void aRouteThatTheClusterDoesNotServeIsSaidAndTheGatewayServes() {
        // given a cluster without the Gateway API
        var routed = new Stage(stage.platform(), "references-route");
        stage.platform()
                .apply(Environments.namespaces(routed.name(), routed.name())
                        + Environments.environment(stage.platform().sandbox(), routed.name(), Stage.AUDIENCE, """
                        allow:
                        - namespaces: {matchLabels: {stage: references-route}}
                          models: ["publishers/google/models/gemini-*"]
                          hostnames: [routed.example.com]
                          parentRefs: [{namespace: ingress, name: public}]
                        """));
        // when
        apply(
                routed,
                "chat",
                "\"when\":\"true\"",
                "\"exposure\":{\"hostname\":\"routed.example.com\",\"parentRef\":{\"namespace\":\"ingress\",\"name\":\"public\"}}");
        // then
        routed.awaitReason("chat", ConditionType.GatewayReady, "GatewayAPIMissing");
        routed.awaitReason("chat", ConditionType.PolicyEnforced, "Enforced");
        assertThat(routed.caller("chat").chat(Optional.of(routed.token("analyst@example.com"))))
                .isEqualTo(200);
        routed.delete("chat");
    }

    private static void apply(Stage stage, String name, String role, String placement) {
        stage.platform().apply("""
                {"apiVersion":"secureprediction.dev/v1alpha1","kind":"SecurePredictionEndpoint",
                 "metadata":{"name":"%s","namespace":"%s"},
                 "spec":{"environmentRef":{"name":"%s"},
                  "contract":{"model":{"publisher":{"publisher":"google","name":"gemini-2.5-flash"}},
                   "access":{"roles":[{"name":"analyst","actions":["Predict"],%s}]}},
                  "placement":{%s}}}
                """.formatted(name, stage.team(), stage.name(), role, placement));
    }

    private static void application(Stage stage, String endpoint, String application) {
        stage.platform()
                .client()
                .resource(stage.endpoint(endpoint).orElseThrow())
                .patch(
                        MERGE,
                        "{\"metadata\":{\"labels\":{\"secureprediction.dev/application\":\"" + application + "\"}}}");
    }

    private static void patch(Stage stage, String json) {
        stage.platform().client().resource(stage.environment().orElseThrow()).patch(MERGE, json);
    }

    private static void awaitEnvironment(Stage stage, ConditionType type, String reason) {
        await().atMost(Platform.LONG)
                .until(() -> stage.environment()
                        .flatMap(found -> Conditions.find(conditions(found), type))
                        .filter(condition -> condition.reason().equals(reason))
                        .isPresent());
    }

    private static List<Condition> conditions(PredictionEnvironment environment) {
        return environment.getStatus() == null
                ? List.of()
                : environment.getStatus().conditions();
    }
}
