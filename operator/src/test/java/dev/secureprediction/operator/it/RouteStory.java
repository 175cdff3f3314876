package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A team has its endpoint led to by a Gateway of the platform; the test says what that Gateway's controller would. */
record RouteStory(Sandbox sandbox, Platform platform) {

    private static final String TEAM = "support-qa";
    private static final String GATEWAYS = "prediction-gateways-acme-qa";
    private static final String HOST = "public.chat.example.com";

    void tell() {
        // given a grant for host names and for that Gateway
        kubectl("patch", "penv/qa", "--type=json", "-p", """
                [{"op": "add", "path": "/spec/allow/0/hostnames", "value": ["*.chat.example.com"]},
                 {"op": "add", "path": "/spec/allow/0/parentRefs", "value": [{"namespace": "ingress", "name": "public"}]}]
                """);
        // when
        apply("public-chat", HOST);
        // then there is a route that its definition takes, for streams as long as the contract lets them be
        awaitReason("public-chat", ConditionType.GatewayReady, "RoutePending");
        var route = route("public-chat").orElseThrow();
        var rule = route.getSpec().getRules().getFirst();
        assertThat(route.getSpec().getHostnames()).containsExactly(HOST);
        assertThat(rule.getTimeouts().getRequest()).isEqualTo("70s");
        assertThat(rule.getTimeouts().getBackendRequest()).isEqualTo("70s");
        // and that Gateway can tell ours from others
        assertThat(authority(route)).isEqualTo(certificateAuthority());

        // when the Gateway refuses, a person is asked; when it takes the route, all is well
        answer(route, "False", "NotAllowedByListeners");
        awaitReason("public-chat", ConditionType.Ready, "RouteRefused");
        assertThat(condition("public-chat", ConditionType.GatewayReady)
                        .map(Condition::message)
                        .orElse(""))
                .contains("ingress/public", "NotAllowedByListeners");
        answer(route, "True", "Accepted");
        awaitReason("public-chat", ConditionType.Ready, "AllReady");
        assertThat(status("public-chat").url()).isEqualTo("https://" + HOST);

        // when another asks for the same name, the older one keeps it; once that is gone the other has it
        apply("late-chat", HOST);
        awaitReason("late-chat", ConditionType.Accepted, "HostnameConflict");
        remove("public-chat");
        awaitReason("late-chat", ConditionType.Accepted, "Valid");
        awaitReason("late-chat", ConditionType.GatewayReady, "RoutePending");
        remove("late-chat");
        // then each was written once, however often it was looked at
        for (var resource : List.of("httproutes", "backendtlspolicies")) {
            assertThat(sandbox.cluster().audit().all())
                    .filteredOn(request -> request.verb().equals("patch")
                            && request.resource().equals(resource)
                            && request.actor().endsWith(Platform.OPERATOR))
                    .as(resource)
                    .hasSize(2);
        }
        assertThat(platform.client()
                        .resources(HTTPRoute.class)
                        .inNamespace(GATEWAYS)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(platform.client()
                        .resources(BackendTLSPolicy.class)
                        .inNamespace(GATEWAYS)
                        .list()
                        .getItems())
                .isEmpty();
    }

    private void apply(String name, String hostname) {
        platform.apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: %s, namespace: %s}
                spec:
                  environmentRef: {name: qa}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access: {roles: [{name: analyst, when: bindings.analysts in claims.groups, actions: [Predict, Stream]}]}
                    timeouts: {totalMilliseconds: 60000}
                  placement:
                    bindings: {analysts: ml-analysts-qa}
                    exposure: {hostname: %s, parentRef: {namespace: ingress, name: public}}
                  deletionPolicy: Delete
                """.formatted(name, TEAM, hostname));
    }

    private void answer(HTTPRoute route, String status, String reason) {
        kubectl(
                "patch",
                "httproute/" + route.getMetadata().getName(),
                "--namespace=" + GATEWAYS,
                "--subresource=status",
                "--type=merge",
                "-p",
                """
                {"status": {"parents": [{"controllerName": "example.com/gateways", "parentRef": {"namespace": "ingress", "name": "public"},
                  "conditions": [{"type": "Accepted", "status": "%s", "reason": "%s", "message": "as the listener says",
                    "observedGeneration": %d, "lastTransitionTime": "2026-11-22T12:00:00Z"}]}]}}
                """.formatted(status, reason, route.getMetadata().getGeneration()));
    }

    /** What the route's Gateway is told to trust. */
    private String authority(HTTPRoute route) {
        var policy = platform.client()
                .resources(BackendTLSPolicy.class)
                .inNamespace(GATEWAYS)
                .withName(route.getMetadata().getName())
                .require();
        var reference = policy.getSpec().getValidation().getCaCertificateRefs().getFirst();
        assertThat(policy.getSpec().getValidation().getHostname()).isEqualTo(HOST);
        var authority = platform.client()
                .configMaps()
                .inNamespace(GATEWAYS)
                .withName(reference.getName())
                .require();
        return String.valueOf(authority.getData().get("ca.crt"));
    }

    private String certificateAuthority() {
        return String.valueOf(
                Objects.requireNonNull(status("public-chat").gateway()).certificateAuthority());
    }

    private Optional<HTTPRoute> route(String endpoint) {
        List<HTTPRoute> routes = platform.client()
                .resources(HTTPRoute.class)
                .inNamespace(GATEWAYS)
                .withLabel("secureprediction.dev/endpoint-name", endpoint)
                .list()
                .getItems();
        return routes.stream().findFirst();
    }

    private void remove(String name) {
        endpoint(name).ifPresent(found -> platform.client().resource(found).delete());
        await().atMost(Platform.LONG).until(() -> endpoint(name).isEmpty());
    }

    private void awaitReason(String endpoint, ConditionType type, String reason) {
        await().atMost(Platform.LONG)
                .until(() -> condition(endpoint, type)
                        .filter(found -> found.reason().equals(reason))
                        .isPresent());
    }

    private Optional<Condition> condition(String endpoint, ConditionType type) {
        return Conditions.find(status(endpoint).conditions(), type);
    }

    private EndpointStatus status(String endpoint) {
        return endpoint(endpoint)
                .flatMap(found -> Optional.ofNullable(found.getStatus()))
                .orElse(EndpointStatus.EMPTY);
    }

    private Optional<SecurePredictionEndpoint> endpoint(String name) {
        return Optional.ofNullable(platform.client()
                .resources(SecurePredictionEndpoint.class)
                .inNamespace(TEAM)
                .withName(name)
                .get());
    }

    private void kubectl(String... arguments) {
        sandbox.cluster().kubectl(arguments).orThrow();
    }
}
