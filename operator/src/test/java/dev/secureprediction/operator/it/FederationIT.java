package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cluster that is not Google's: gateways exchange their own tokens at a workload identity pool. */
@SandboxTest
final class FederationIT {

    private static final String POOL = "projects/100000000002/locations/global/workloadIdentityPools/acme";
    private static final String PROVIDER = POOL + "/providers/cluster-a";

    private final Sandbox sandbox;
    private final Stage stage;

    FederationIT(Sandbox sandbox) {
        this.sandbox = sandbox;
        sandbox.cloud().state().trustPool(PROVIDER, ControlPlane.ISSUER, () -> keys(sandbox));
        stage = Stage.set(sandbox, "federation");
        stage.platform().apply(environment());
    }

    @Test
    void aGatewayIsItsGoogleAccountByItsOwnTokenAlone() {
        // when
        stage.applyChat("chat", "ml-analysts-qa");
        stage.awaitReady("chat");

        // then calls get through
        var caller = stage.caller("chat");
        assertThat(caller.chat(Optional.of(stage.token("analyst@example.com")))).isEqualTo(200);
        assertThat(caller.chat(Optional.of(stage.token("guest@example.com")))).isEqualTo(403);

        // then it is by a projected token for the pool, and nothing else of Google is near the pod
        var pod = stage.gatewayPods().getFirst();
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("federation"))
                .singleElement()
                .extracting(FederationIT::audience)
                .isEqualTo("https://iam.googleapis.com/" + PROVIDER);
        assertThat(accounts())
                .allSatisfy(account -> assertThat(account.getMetadata().getAnnotations())
                        .doesNotContainKey("iam.gke.io/gcp-service-account"));

        // then only this very Kubernetes account may be the Google one
        var email = email("chat");
        assertThat(sandbox.cloud()
                        .state()
                        .policies()
                        .current("projects/" + Stage.PROJECT + "/serviceAccounts/" + email)
                        .getBindingsList())
                .singleElement()
                .satisfies(binding -> assertThat(binding.getMembersList())
                        .containsExactly("principal://iam.googleapis.com/" + POOL + "/subject/system:serviceaccount:"
                                + stage.gateways() + ":"
                                + pod.getSpec().getServiceAccountName()));

        // when it goes, its account goes
        stage.delete("chat");
        stage.awaitGone("chat");
        assertThat(sandbox.cloud().state().accounts().find("projects/" + Stage.PROJECT + "/serviceAccounts/" + email))
                .isEmpty();
    }

    private String email(String endpoint) {
        var identity = Objects.requireNonNull(stage.status(endpoint).identity(), "no identity in status");
        return String.valueOf(identity.serviceAccount());
    }

    private List<ServiceAccount> accounts() {
        return stage.platform()
                .client()
                .serviceAccounts()
                .inNamespace(stage.gateways())
                .list()
                .getItems();
    }

    private static String audience(Volume volume) {
        return volume.getProjected()
                .getSources()
                .getFirst()
                .getServiceAccountToken()
                .getAudience();
    }

    private String environment() {
        var cloud = sandbox.cloud().authority();
        return """
                apiVersion: secureprediction.dev/v1alpha1
                kind: PredictionEnvironment
                metadata: {name: federation}
                spec:
                  gatewayNamespace: federation-gateways
                  google:
                    project: acme-ml-qa
                    projectNumber: "100000000002"
                    operatorServiceAccount: spe-operator@acme-ml-qa.iam.gserviceaccount.com
                    locations: [europe-west4]
                    workloadIdentity: {federation: {pool: acme, provider: cluster-a}}
                    apiEndpoints: {aiplatform: "%1$s", iam: "%1$s", resourcemanager: "%1$s", sts: "%1$s", iamcredentials: "%1$s"}
                  issuers:
                  - name: okta
                    url: %2$s
                    audiences: [api://prediction-qa]
                    claims: {scopes: scp}
                  allow:
                  - namespaces: {matchLabels: {stage: federation}}
                    models: ["publishers/google/models/gemini-*"]
                  drift: {intervalSeconds: 10}
                """.formatted(cloud, sandbox.issuer().url());
    }

    private static JWKSet keys(Sandbox sandbox) {
        try {
            return JWKSet.parse(sandbox.client().raw("/openid/v1/jwks"));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
