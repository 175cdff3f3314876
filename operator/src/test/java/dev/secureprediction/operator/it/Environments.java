package dev.secureprediction.operator.it;

import dev.secureprediction.sandbox.Sandbox;

/** What environments of tests have in common: where they stand. What they allow and ask for is each test's own. */
final class Environments {

    private Environments() {}

    /** What a platform team makes first: the gateways' namespace with the operator's binding, and the team's. */
    static String namespaces(String environment, String team) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %1$s-gateways
                  labels: {pod-security.kubernetes.io/enforce: restricted}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: secure-prediction-operator, namespace: %1$s-gateways}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: secure-prediction-gateways}
                subjects: [{kind: ServiceAccount, name: secure-prediction-operator, namespace: secure-prediction-system}]
                ---
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %1$s-team
                  labels: {secureprediction.dev/team: %2$s, stage: %1$s}
                ---
                """.formatted(environment, team);
    }

    /**
     * An environment on the sandbox's cloud whose issuer is the sandbox's.
     *
     * @param audience of the issuer's tokens
     * @param rest of its spec: further issuers first, then `allow` and what else it says
     */
    static String environment(Sandbox sandbox, String name, String audience, String rest) {
        return """
                apiVersion: secureprediction.dev/v1alpha1
                kind: PredictionEnvironment
                metadata: {name: %1$s}
                spec:
                  gatewayNamespace: %1$s-gateways
                  google:
                    project: acme-ml-qa
                    projectNumber: "100000000002"
                    operatorServiceAccount: spe-operator@acme-ml-qa.iam.gserviceaccount.com
                    locations: [europe-west4]
                    workloadIdentity: {gke: {pool: acme-platform.svc.id.goog}}
                    apiEndpoints: {aiplatform: "%2$s", iam: "%2$s", resourcemanager: "%2$s", sts: "%2$s", iamcredentials: "%2$s"}
                  issuers:
                  - name: okta
                    url: %3$s
                    audiences: ["%4$s"]
                    claims: {scopes: scp}
                """.formatted(name, sandbox.cloud().authority(), sandbox.issuer().url(), audience) + rest.indent(2);
    }
}
