package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.gateway.support.GatewayProcess;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.TestMetadata;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;
import dev.secureprediction.sandbox.cloud.CloudSeed;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.tls.Authority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway's own identity against a cloud that enforces IAM: both kinds of credential, and a binding that goes. */
final class CloudIT {
    private static final String PROVIDER =
            "projects/100000000001/locations/global/workloadIdentityPools/clusters/providers/a";
    private static final String ACCOUNT = "spe-operator@" + Policies.PROJECT + ".iam.gserviceaccount.com";
    private static final String INVOKER = "projects/" + Policies.PROJECT + "/roles/securePredictionInvoker";
    private static final String POD = "system:serviceaccount:gateways:chat";
    private static final String BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";

    private final Authority authority = Authority.create();
    private final Path folder = GatewayWorld.newFolder();
    // the JDK's client would ask for an upgrade to HTTP/2 in plain text, which is refused
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private GoogleCloud cloud;
    private OidcIssuer issuer;
    private TestMetadata metadata;

    @BeforeEach
    void start() throws Exception {
        cloud = GoogleCloud.start(authority, CloudSeed.sandbox());
        issuer = OidcIssuer.start(authority);
        metadata = TestMetadata.start();
        authority.writeTrustStore(folder.resolve("trust.p12"));
        cloud.state().policies().grant("projects/" + Policies.PROJECT, INVOKER, "serviceAccount:" + ACCOUNT);
    }

    @AfterEach
    void stop() {
        metadata.close();
        issuer.close();
        cloud.close();
        client.close();
    }

    private GatewayProcess gateway(Credential credential, Map<String, String> more) {
        Policies.gemini(issuer.url(), cloud.authority())
                .upstream(new Upstream(
                        cloud.authority(),
                        Policies.PROJECT,
                        Policies.NUMBER,
                        Policies.LOCATION,
                        new Model.Publisher("google", "gemini-2.5-flash"),
                        credential))
                .writeTo(folder.resolve("policy"));
        Map<String, String> environment = new HashMap<>(Map.of(
                "SPE_POLICY_DIRECTORY",
                folder.resolve("policy").toString(),
                "GCE_METADATA_HOST",
                metadata.host(),
                "JAVA_TOOL_OPTIONS",
                GatewayProcess.SHORT_LIVED + " -Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12")
                        + " -Djavax.net.ssl.trustStoreType=PKCS12"));
        environment.putAll(more);
        return GatewayProcess.start(folder, environment).awaitReady();
    }

    private HttpResponse<String> call(GatewayProcess gateway) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.url() + GatewayWorld.geminiPath("generateContent")))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + issuer.token("analyst@example.com", Policies.AUDIENCE))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void withoutItsBindingTheGatewayIsDeniedAndSaysThatItIsNotTheCaller() throws Exception {
        // given a gateway whose account may invoke
        metadata.hands(cloud.state().accessToken("serviceAccount:" + ACCOUNT), 3_600);
        try (GatewayProcess gateway = gateway(new Credential.Metadata(), Map.of())) {
            assertThat(gateway.policy().path("modelVersion").isNull()).isTrue();
            assertThat(call(gateway).statusCode()).isEqualTo(200);

            // then the version that answered is told on the admin port
            assertThat(gateway.policy().path("modelVersion").asText()).isEqualTo("gemini-2.5-flash");

            // when somebody removes the binding
            cloud.state().policies().revoke("projects/" + Policies.PROJECT, INVOKER, "serviceAccount:" + ACCOUNT);
            HttpResponse<String> denied = call(gateway);

            // then the next call fails, with a code that is not the caller's, naming nothing of the project
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.body())
                    .contains("UPSTREAM_PERMISSION_DENIED")
                    .doesNotContain(Policies.PROJECT)
                    .doesNotContain("127.0.0.1");
            JsonNode record =
                    gateway.audit(denied.headers().firstValue("x-request-id").orElseThrow());
            assertThat(record.path("decision").asText()).isEqualTo("Permit");
            assertThat(record.path("upstreamStatus").asInt()).isEqualTo(403);

            // and the one after it is back succeeds
            cloud.state().policies().grant("projects/" + Policies.PROJECT, INVOKER, "serviceAccount:" + ACCOUNT);
            assertThat(call(gateway).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void outsideOfGkeThePodsTokenIsExchanged() throws Exception {
        // given a pool that trusts the cluster, and a pod that may become the account
        try (OidcIssuer cluster = OidcIssuer.start(authority)) {
            cloud.state()
                    .trustPool(
                            PROVIDER, cluster.url(), () -> cluster.signingKeys().published());
            cloud.state()
                    .policies()
                    .grant(
                            "projects/" + Policies.PROJECT + "/serviceAccounts/" + ACCOUNT,
                            "roles/iam.workloadIdentityUser",
                            "principal://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/clusters/subject/"
                                    + POD);
            Path token = Files.writeString(
                    folder.resolve("token"),
                    cluster.newToken()
                            .subject(POD)
                            .audience("https://iam.googleapis.com/" + PROVIDER)
                            .issuedAt(Instant.now())
                            .build());

            // when the gateway has nothing but that token
            Credential credential = new Credential.Federation(
                    "//iam.googleapis.com/" + PROVIDER,
                    cloud.url() + "/v1/token",
                    cloud.url() + "/v1/projects/-/serviceAccounts/" + ACCOUNT + ":generateAccessToken");
            try (GatewayProcess gateway = gateway(credential, Map.of("SPE_FEDERATION_TOKEN_FILE", token.toString()))) {

                // then it calls the model as the account
                HttpResponse<String> response = call(gateway);
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            }
        }
    }
}
