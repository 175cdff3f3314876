package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.GatewayStatus;
import dev.secureprediction.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One environment with one team in it, for one test class. Names carry the class's, so that classes do not meet. */
record Stage(Platform platform, String name) {

    static final String PROJECT = "acme-ml-qa";
    static final String LOCATION = "europe-west4";
    static final String AUDIENCE = "api://prediction-qa";

    /** With namespaces and an environment that looks at the cloud often. */
    static Stage set(Sandbox sandbox, String name) {
        var stage = new Stage(Platform.installed(sandbox), name);
        stage.applyEnvironment();
        return stage;
    }

    String team() {
        return name + "-team";
    }

    String gateways() {
        return name + "-gateways";
    }

    void applyEnvironment() {
        platform.letGoAtLast(team());
        platform.apply(Environments.namespaces(name, name)
                + Environments.environment(platform.sandbox(), name, AUDIENCE, """
                allow:
                - namespaces: {matchLabels: {stage: %1$s}}
                  models: ["publishers/google/models/gemini-*", churn, fraud]
                  endpointIDs: [fraud-scores]
                  machineTypes: [n1-standard-4]
                  maxGatewayReplicas: 5
                drift: {intervalSeconds: 10}
                """.formatted(name)));
    }

    /** An endpoint for a publisher model, which analysts may call. */
    void applyChat(String endpoint, String group) {
        platform.apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: %s, namespace: %s}
                spec:
                  environmentRef: {name: %s}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access:
                      roles:
                      - name: analyst
                        when: bindings.analysts in claims.groups
                        actions: [Predict, Stream]
                  placement:
                    bindings: {analysts: %s}
                  deletionPolicy: Delete
                """.formatted(endpoint, team(), name, group));
    }

    /** An endpoint for a model of the registry, which the operator deploys. */
    void applyChurn(String endpoint) {
        applyChurn(endpoint, "17", "9f2c41d07be85a63");
    }

    /** The same with another version of the model. */
    void applyChurn(String endpoint, String version, String fingerprint) {
        applyChurn(endpoint, version, fingerprint, "");
    }

    /** The same with a call that the model must answer. */
    void applyChurnWithCanary(String endpoint, String version, String fingerprint) {
        applyChurn(endpoint, version, fingerprint, """
                    verification:
                      canary: {surface: VertexPredict, body: {instances: [{tenure: 3}]}}
                """);
    }

    private void applyChurn(String endpoint, String version, String fingerprint, String verification) {
        platform.apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: %s, namespace: %s}
                spec:
                  environmentRef: {name: %s}
                  contract:
                    model: {deployed: {name: churn, fingerprint: %s}}
                    access:
                      roles:
                      - name: analyst
                        when: bindings.analysts in claims.groups
                        actions: [Predict]
                %s
                  placement:
                    bindings: {analysts: ml-analysts-qa}
                    model: {id: "1234567890", version: "%s"}
                    endpoint: {machineType: n1-standard-4, minReplicas: 1, maxReplicas: 1}
                  deletionPolicy: Delete
                """.formatted(endpoint, team(), name, fingerprint, verification, version));
    }

    /** An endpoint for one of Vertex AI that is somebody else's. */
    void applyFraud(String endpoint) {
        platform.apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: %s, namespace: %s}
                spec:
                  environmentRef: {name: %s}
                  contract:
                    model: {existing: {name: fraud}}
                    access:
                      roles:
                      - name: analyst
                        when: bindings.analysts in claims.groups
                        actions: [Predict]
                  placement:
                    bindings: {analysts: ml-analysts-qa}
                    endpoint: {id: fraud-scores}
                  deletionPolicy: Delete
                """.formatted(endpoint, team(), name));
    }

    Optional<SecurePredictionEndpoint> endpoint(String endpoint) {
        return Optional.ofNullable(platform.client()
                .resources(SecurePredictionEndpoint.class)
                .inNamespace(team())
                .withName(endpoint)
                .get());
    }

    Optional<PredictionEnvironment> environment() {
        return Optional.ofNullable(platform.client()
                .resources(PredictionEnvironment.class)
                .withName(name)
                .get());
    }

    EndpointStatus status(String endpoint) {
        return endpoint(endpoint)
                .flatMap(found -> Optional.ofNullable(found.getStatus()))
                .orElse(EndpointStatus.EMPTY);
    }

    GatewayStatus gateway(String endpoint) {
        return Objects.requireNonNull(status(endpoint).gateway(), "no gateway in status");
    }

    Optional<Condition> condition(String endpoint, ConditionType type) {
        return Conditions.find(status(endpoint).conditions(), type);
    }

    /** Ready, and about the spec as it is now; else its status is told. */
    void awaitReady(String endpoint) {
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(endpoint(endpoint))
                        .hasValueSatisfying(found -> assertThat(found.getStatus())
                                .as(endpoint)
                                .isNotNull()
                                .matches(
                                        status -> Objects.equals(
                                                status.observedGeneration(),
                                                found.getMetadata().getGeneration()),
                                        "about the spec as it is now")
                                .matches(
                                        status -> Conditions.isTrue(status.conditions(), ConditionType.Ready),
                                        "Ready")));
    }

    void awaitReason(String endpoint, ConditionType type, String reason) {
        await().atMost(Platform.LONG)
                .until(() -> condition(endpoint, type)
                        .filter(found -> found.reason().equals(reason))
                        .isPresent());
    }

    void awaitGone(String endpoint) {
        await().atMost(Platform.LONG).until(() -> endpoint(endpoint).isEmpty());
    }

    void delete(String endpoint) {
        endpoint(endpoint).ifPresent(found -> platform.client().resource(found).delete());
    }

    List<Pod> gatewayPods() {
        return platform.client().pods().inNamespace(gateways()).list().getItems();
    }

    /** Somebody who calls this endpoint's gateway, from outside the cluster. */
    Caller caller(String endpoint) {
        var gateway = gateway(endpoint);
        var address = platform.sandbox().node().serviceAddress(gateways(), String.valueOf(gateway.name()), "");
        return new Caller(address, String.valueOf(gateway.certificateAuthority()));
    }

    String token(String person) {
        return platform.sandbox().issuer().token(person, AUDIENCE);
    }
}
