package dev.secureprediction.operator.golden;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.resolve.EndpointInputs;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;
import java.util.Optional;

/** An environment and endpoints in it, for tests that are no scenario. */
public final class Samples {

    private static final List<Namespace> NAMESPACES = List.of(
            new NamespaceBuilder()
                    .withNewMetadata()
                    .withName("gateways")
                    .endMetadata()
                    .build(),
            new NamespaceBuilder()
                    .withNewMetadata()
                    .withName("support")
                    .addToLabels("secureprediction.dev/environment", "qa")
                    .endMetadata()
                    .build());

    private static final String ENVIRONMENT = """
            metadata: {name: qa, generation: 1}
            spec:
              gatewayNamespace: gateways
              google:
                project: acme-ml-qa
                projectNumber: "100000000002"
                operatorServiceAccount: spe-operator@acme-ml-qa.iam.gserviceaccount.com
                locations: [europe-west4]
                workloadIdentity: {gke: {pool: acme-platform.svc.id.goog}}
              issuers:
              - {name: okta, url: "https://acme.okta.com/oauth2/default", audiences: [api://prediction-qa]}
              allow:
              - namespaces: {matchLabels: {secureprediction.dev/environment: qa}}
                models: ["publishers/google/models/gemini-*"]
            """;

    private Samples() {}

    /** An endpoint of a publisher model whose contract has these fields beside model and access. */
    public static SecurePredictionEndpoint endpoint(String moreOfContract) {
        return endpoint(
                "{name: analyst, when: \"bindings.analysts in claims.groups\", actions: [Predict]}", moreOfContract);
    }

    /** The same with other roles, a YAML list without its brackets. */
    public static SecurePredictionEndpoint endpoint(String roles, String moreOfContract) {
        return read("""
                metadata: {name: chat, namespace: support, generation: 1}
                spec:
                  environmentRef: {name: qa}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access: {roles: [%s]}
                %s
                  placement: {bindings: {analysts: ml-analysts-qa, admins: ml-admins-qa, auditors: ml-auditors-qa}}
                """.formatted(roles, moreOfContract.indent(4)), SecurePredictionEndpoint.class);
    }

    /** The endpoint in its environment. */
    public static EndpointInputs inputs(SecurePredictionEndpoint endpoint) {
        var cluster = new FixedCluster(
                List.of(read(ENVIRONMENT, PredictionEnvironment.class)),
                NAMESPACES,
                List.of(),
                Optional.empty(),
                FixedPromotion.NOTHING);
        return EndpointInputs.gather(endpoint, cluster, Scenario.INSTALLATION);
    }

    private static <T> T read(String yaml, Class<T> type) {
        return Yaml.readAll(yaml, type).getFirst();
    }
}
