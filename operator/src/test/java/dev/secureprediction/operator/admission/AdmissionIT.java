package dev.secureprediction.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.resolve.Floor;
import dev.secureprediction.operator.resolve.Floors;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody runs `kubectl apply --dry-run=server` and reads which rule, and which value. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
@Isolated // the policies hold for the whole API server, which other classes share
final class AdmissionIT {

    private static final Path POLICIES = Yaml.ROOT.resolve("operator/src/main/kubernetes/admission.yaml");
    private static final String CHAT = "model: {publisher: {publisher: google, name: gemini-2.5-flash}}";
    private static final String CHURN = "model: {deployed: {name: churn, fingerprint: 9f2c41d0}}";
    private static final String FRAUD = "model: {existing: {name: fraud}}";

    private static final String KEY = "projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k";
    private static final String STRICT = """
        require:
          guardrails: [{name: cards, sensitiveData: {kinds: [CREDIT_CARD_NUMBER]}}]
          gatewayMinReplicas: 2
          endpointMinReplicas: 2
          maxTokenLifetimeSeconds: 3600
          audit: {onFailure: Refuse, minPrompts: Hash, maxPrompts: Hash}
          deletionPolicy: Retain
          encryptionKey: %s
          approval: Platform
          revokeExcess: true
        """.formatted(KEY);

    /** Each requirement made weaker: what is written in its place, and what is told. */
    private static final Map<String, Weaker> WEAKER = Map.ofEntries(
            Map.entry(
                    "guardrails",
                    new Weaker(
                            "guardrails: [{name: cards, sensitiveData: {kinds: [CREDIT_CARD_NUMBER]}}]",
                            "",
                            "none is weaker than cards")),
            Map.entry(
                    "gatewayMinReplicas",
                    new Weaker("gatewayMinReplicas: 2", "gatewayMinReplicas: 1", "1 is weaker than 2")),
            Map.entry("endpointMinReplicas", new Weaker("endpointMinReplicas: 2", "", "1 is weaker than 2")),
            Map.entry(
                    "maxTokenLifetimeSeconds",
                    new Weaker("maxTokenLifetimeSeconds: 3600", "", "no limit is weaker than 3600")),
            Map.entry(
                    "audit.onFailure",
                    new Weaker("onFailure: Refuse", "onFailure: Drop", "Drop is weaker than Refuse")),
            Map.entry("audit.minPrompts", new Weaker("minPrompts: Hash, ", "", "None is weaker than Hash")),
            Map.entry(
                    "audit.maxPrompts", new Weaker("maxPrompts: Hash", "maxPrompts: Full", "Full is weaker than Hash")),
            Map.entry("deletionPolicy", new Weaker("deletionPolicy: Retain", "", "Delete is weaker than Retain")),
            Map.entry("encryptionKey", new Weaker("encryptionKey: " + KEY, "", "none is weaker than " + KEY)),
            Map.entry("approval", new Weaker("approval: Platform", "approval: Owner", "Owner is weaker than Platform")),
            Map.entry("revokeExcess", new Weaker("revokeExcess: true", "", "false is weaker than true")));

    private final ControlPlane cluster;

    AdmissionIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void install(ControlPlane cluster) {
        var admission = new AdmissionIT(cluster);
        admission.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: guarded, labels: {stage: guarded}}", false);
        admission.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: stranger}", false);
        admission.apply(environment("guarded", STRICT), false);
        cluster.kubectl("apply", "--server-side", "-f", POLICIES.toString()).orThrow();
        await().atMost(Duration.ofMinutes(2)) // policies are compiled a moment after they were made
                .until(() -> admission.refusal(endpoint("stranger", CHAT, "")).contains("no grant"));
    }

    @AfterAll
    static void remove(ControlPlane cluster) {
        cluster.kubectl("delete", "-f", POLICIES.toString(), "--ignore-not-found")
                .orThrow();
        cluster.kubectl("delete", "penv", "guarded", "used", "--ignore-not-found")
                .orThrow();
    }

    @Test
    void whatIsGrantedPasses() {
        assertThatCode(() -> apply(
                        endpoint(
                                "guarded",
                                CHAT,
                                "placement: {gateway: {maxReplicas: 5}, exposure: {hostname: a.chat.example.com,"
                                        + " tlsSecretName: chat-tls}}"),
                        true))
                .doesNotThrowAnyException();
        assertThatCode(() -> apply(
                        endpoint(
                                "guarded",
                                CHURN,
                                "placement: {model: {id: \"1\", version: \"1\"}, endpoint: {maxReplicas: 2}}"),
                        true))
                .doesNotThrowAnyException();
    }

    @Test
    void aNamespaceWithoutAGrantIsTold() {
        assertThat(refusal(endpoint("stranger", CHAT, "")))
                .contains("no grant of environment guarded is for namespace stranger");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            model: {publisher: {publisher: google, name: text-bison}} | | spec.contract.model: publishers/google/models/text-bison
            CHAT, surfaces: [OpenAIChat] | | spec.contract.surfaces: OpenAIChat
            FRAUD | placement: {endpoint: {id: other}} | spec.placement.endpoint.id: other
            CHURN | placement: {model: {id: "1", version: "1"}, endpoint: {machineType: a3-megagpu-8g}} | spec.placement.endpoint.machineType: a3-megagpu-8g
            CHURN | placement: {model: {id: "1", version: "1"}, endpoint: {maxReplicas: 3}} | spec.placement.endpoint.maxReplicas: 3
            CHAT | placement: {gateway: {minReplicas: 6}} | spec.placement.gateway.maxReplicas: 6
            CHAT | placement: {exposure: {hostname: a.b.chat.example.com}} | spec.placement.exposure.hostname: a.b.chat.example.com
            CHAT | placement: {exposure: {hostname: a.chat.example.com, tlsSecretName: other}} | spec.placement.exposure.tlsSecretName: other
            CHAT | placement: {exposure: {plaintext: true}} | spec.placement.exposure.plaintext: true
            """)
    void whatIsNotGrantedIsTold(String contract, String rest, String told) {
        String model = contract.replace("CHAT", CHAT).replace("CHURN", CHURN).replace("FRAUD", FRAUD);

        assertThat(refusal(endpoint("guarded", model, rest == null ? "" : rest)))
                .contains(told, "guarded");
    }

    @ParameterizedTest
    @MethodSource("floors")
    void aWeakerFloorIsToldWithBothValues(String floor) {
        var weaker = Objects.requireNonNull(WEAKER.get(floor), "tell here how " + floor + " is made weaker");
        assertThat(STRICT).contains(weaker.text());

        assertThat(refusal(environment(
                        "after",
                        "promotesFrom: {environment: guarded}\n" + STRICT.replace(weaker.text(), weaker.edit()))))
                .contains("spec.require." + floor + ": " + weaker.told() + " in environment guarded");
    }

    static Stream<String> floors() {
        return Floors.ALL.stream().map(Floor::path);
    }

    @Test
    void whatIsAsStrictOrStricterPasses() {
        assertThatCode(() -> apply(
                        environment(
                                "after",
                                "promotesFrom: {environment: guarded}\n"
                                        + STRICT.replace("gatewayMinReplicas: 2", "gatewayMinReplicas: 3")
                                                .replace("/r/", "/other/")),
                        true))
                .doesNotThrowAnyException();
    }

    /** How a requirement is made weaker, and what is told then. */
    private record Weaker(String text, String edit, String told) {}

    @Test
    void anEnvironmentWithEndpointsCannotBeDeleted() {
        apply(environment("used", ""), false);
        var used = resource(environment("used", ""));
        cluster.client()
                .resource(used)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"endpoints\":2}}");

        assertThatThrownBy(() -> cluster.client().resource(used).delete())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("environment used still has 2 endpoints");

        cluster.client()
                .resource(used)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"endpoints\":0}}");
        assertThatCode(() -> cluster.client().resource(used).delete()).doesNotThrowAnyException();
    }

    private String refusal(String yaml) {
        try {
            apply(yaml, true);
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void apply(String yaml, boolean dryRun) {
        cluster.client()
                .resource(resource(yaml))
                .dryRun(dryRun)
                .fieldManager("somebody")
                .forceConflicts()
                .serverSideApply();
    }

    private static GenericKubernetesResource resource(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }

    private static String endpoint(String namespace, String contract, String rest) {
        return """
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: guarded, namespace: %s}
                spec:
                  environmentRef: {name: guarded}
                  contract: {%s, access: {roles: [{name: a, when: "true", actions: [Predict]}]}}
                %s""".formatted(namespace, contract, rest.indent(2));
    }

    private static String environment(String name, String more) {
        return """
                apiVersion: secureprediction.dev/v1alpha1
                kind: PredictionEnvironment
                metadata: {name: %1$s}
                spec:
                  gatewayNamespace: gateways-%1$s
                  google:
                    project: acme-ml-qa
                    operatorServiceAccount: spe-operator@acme-ml-qa.iam.gserviceaccount.com
                    locations: [europe-west4]
                    workloadIdentity: {gke: {pool: acme-platform.svc.id.goog}}
                  issuers:
                  - {name: okta, url: "https://acme.okta.com/oauth2/default", audiences: [api://%1$s]}
                  allow:
                  - namespaces: {matchLabels: {stage: %1$s}}
                    models: ["publishers/google/models/gemini-*", churn, fraud]
                    endpointIDs: [fraud-scores]
                    machineTypes: [n1-standard-4]
                    hostnames: ["*.chat.example.com"]
                    tlsSecretNames: [chat-tls]
                    maxEndpointReplicas: 2
                    maxGatewayReplicas: 5
                    surfaces: [GeminiGenerate, VertexPredict]
                """.formatted(name) + more.indent(2);
    }
}
