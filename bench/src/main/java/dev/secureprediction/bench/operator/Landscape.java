package dev.secureprediction.bench.operator;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.CloudSeed;
import dev.secureprediction.sandbox.cloud.CloudSeed.Serving;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three environments in a chain, ten teams in each, endpoints of each model kind by turns. */
final class Landscape {
    static final List<String> ENVIRONMENTS = List.of("qa", "staging", "production");
    /** Only the bench's pods ask for it, so that the sandbox's node leaves them alone. */
    private static final String HOLLOW = "bench.secureprediction.dev/hollow";

    private static final int TEAMS = 10;
    private static final String LOCATION = "europe-west4";

    private Landscape() {}

    /** The sandbox's, with an endpoint in each project that is somebody else's. */
    static CloudSeed cloud() {
        CloudSeed seed = CloudSeed.sandbox();
        List<Serving> serving = ENVIRONMENTS.stream()
                .map(name -> new Serving(project(name), LOCATION, "fraud-scores", "2234567890@3"))
                .toList();
        return new CloudSeed(
                seed.projects(),
                seed.accounts(),
                seed.roles(),
                seed.grants(),
                seed.models(),
                serving,
                seed.publisherModels());
    }

    static String project(String environment) {
        return "acme-ml-" + environment;
    }

    static String gateways(String environment) {
        return environment + "-gateways";
    }

    /** Namespaces, the operator's bindings, environments. */
    static String platform(Sandbox sandbox) {
        return ENVIRONMENTS.stream()
                .map(name -> namespaces(name) + "---\n" + environment(sandbox, name))
                .collect(Collectors.joining("---\n"));
    }

    private static String namespaces(String environment) {
        String teams = IntStream.range(0, TEAMS)
                .mapToObj(team -> """
                        apiVersion: v1
                        kind: Namespace
                        metadata:
                          name: team-%1$d-%2$s
                          labels: {secureprediction.dev/team: team-%1$d, secureprediction.dev/environment: %2$s}
                        """.formatted(team, environment))
                .collect(Collectors.joining("---\n"));
        return teams + """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s-gateways}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: secure-prediction-operator, namespace: %1$s-gateways}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: secure-prediction-gateways}
                subjects: [{kind: ServiceAccount, name: secure-prediction-operator, namespace: secure-prediction-system}]
                """.formatted(environment);
    }

    private static String environment(Sandbox sandbox, String name) {
        int place = ENVIRONMENTS.indexOf(name);
        String before = place == 0 ? "" : "promotesFrom: {environment: " + ENVIRONMENTS.get(place - 1) + "}";
        return """
                apiVersion: secureprediction.dev/v1alpha1
                kind: PredictionEnvironment
                metadata: {name: %1$s}
                spec:
                  gatewayNamespace: %1$s-gateways
                  google:
                    project: %5$s
                    projectNumber: "%6$s"
                    operatorServiceAccount: spe-operator@%5$s.iam.gserviceaccount.com
                    locations: [%7$s]
                    workloadIdentity: {gke: {pool: acme-platform.svc.id.goog}}
                    apiEndpoints: {aiplatform: "%2$s", iam: "%2$s", resourcemanager: "%2$s", sts: "%2$s", iamcredentials: "%2$s"}
                  issuers:
                  - name: okta
                    url: %3$s
                    audiences: ["api://prediction-%1$s"]
                    claims: {scopes: scp}
                  allow:
                  - namespaces: {matchLabels: {secureprediction.dev/environment: %1$s}}
                    models: ["publishers/google/models/gemini-*", churn, fraud]
                    endpointIDs: [fraud-scores]
                    machineTypes: [n1-standard-4]
                  gateway: {podTemplate: {nodeSelector: {%4$s: "true"}}}
                """.formatted(
                                name,
                                sandbox.cloud().authority(),
                                sandbox.issuer().url(),
                                HOLLOW,
                                project(name),
                                cloud().projects().get(project(name)),
                                LOCATION)
                + before.indent(2);
    }

    /** So many endpoints: the first three are one application on its way through the environments. */
    static Stream<Place> places(int endpoints) {
        return IntStream.range(0, endpoints)
                .mapToObj(number ->
                        new Place(number / ENVIRONMENTS.size(), ENVIRONMENTS.get(number % ENVIRONMENTS.size())));
    }

    /**
     * Where an endpoint stands.
     *
     * @param application by number
     * @param environment by name
     */
    record Place(int application, String environment) {

        ModelKind kind() {
            return ModelKind.of(application);
        }

        String namespace() {
            return "team-" + application % TEAMS + "-" + environment;
        }

        String name() {
            return "app-" + application;
        }

        String yaml() {
            return """
                    apiVersion: secureprediction.dev/v1alpha1
                    kind: SecurePredictionEndpoint
                    metadata: {name: %s, namespace: %s}
                    spec:
                      environmentRef: {name: %s}
                      contract:
                        %s
                        access:
                          roles:
                          - name: analyst
                            when: bindings.analysts in claims.groups
                            actions: [Predict]
                            limits: {requestsPerMinute: 60}
                      placement:
                        bindings: {analysts: ml-analysts-%s}
                      deletionPolicy: Delete
                    """.formatted(name(), namespace(), environment, kind().contract(), environment)
                    .replace("  deletionPolicy", kind().placement().indent(4) + "  deletionPolicy");
        }
    }
}
