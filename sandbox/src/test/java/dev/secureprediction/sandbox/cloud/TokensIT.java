package dev.secureprediction.sandbox.cloud;

import static dev.secureprediction.sandbox.cloud.CloudFixture.OPERATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.issuer.SigningKeys;
import dev.secureprediction.sandbox.issuer.TokenBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a Kubernetes token to an access token: exchange, impersonation, and what stands against both. */
@Timeout(60)
class TokensIT {
    private static final String POOL = "acme-platform.svc.id.goog";
    private static final String PROVIDER =
            "projects/100000000001/locations/global/workloadIdentityPools/clusters/providers/a";
    private static final String GSA = "spe-operator@acme-ml-qa.iam.gserviceaccount.com";
    private static final String SUBJECT = "system:serviceaccount:gateways:chat";
    private static final String GET_ROLE = "iam.roles.get";

    private CloudFixture fixture;
    private OidcIssuer cluster;

    @BeforeEach
    void start() {
        fixture = new CloudFixture();
        cluster = OidcIssuer.start(fixture.authority);
        fixture.cloud.state().trustPool(POOL, cluster.url(), this::keys);
        fixture.cloud.state().trustPool(PROVIDER, cluster.url(), this::keys);
    }

    @AfterEach
    void stop() {
        cluster.close();
        fixture.close();
    }

    @Test
    void google_auth_exchanges_and_impersonates_through_federation(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(
                folder.resolve("token"), podToken(b -> b.audience("https://iam.googleapis.com/" + PROVIDER)));
        String member =
                "principal://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/clusters/subject/"
                        + SUBJECT;

        assertThatThrownBy(() -> externalAccount(token).refreshAccessToken()).isInstanceOf(IOException.class);
        fixture.cloud
                .state()
                .policies()
                .grant("projects/" + PROJECT + "/serviceAccounts/" + GSA, "roles/iam.workloadIdentityUser", member);
        String access = externalAccount(token).refreshAccessToken().getTokenValue();

        assertThat(fixture.cloud
                        .state()
                        .identity()
                        .authenticate("Bearer " + access)
                        .member())
                .isEqualTo(OPERATOR);
    }

    @Test
    void a_gke_pod_becomes_the_account_that_lets_it() throws Exception {
        HttpResponse<String> exchanged = exchange(podToken(UnaryOperator.identity()));
        String federated = field(exchanged, "access_token");
        assertThat(impersonate(federated).statusCode()).isEqualTo(403);

        fixture.cloud
                .state()
                .policies()
                .grant(
                        "projects/" + PROJECT + "/serviceAccounts/" + GSA,
                        "roles/iam.workloadIdentityUser",
                        "serviceAccount:" + POOL + "[gateways/chat]");
        HttpResponse<String> impersonated = impersonate(federated);

        assertThat(impersonated.statusCode()).isEqualTo(200);
        String access = field(impersonated, "accessToken");
        assertThat(fixture.cloud
                        .state()
                        .identity()
                        .authenticate("Bearer " + access)
                        .member())
                .isEqualTo(OPERATOR);
    }

    @Test
    void a_pod_may_also_be_granted_roles_itself() throws Exception {
        fixture.cloud
                .state()
                .policies()
                .grant(
                        "projects/" + PROJECT,
                        "roles/iam.roleViewer",
                        "principal://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/"
                                + POOL + "/subject/ns/gateways/sa/chat");

        String federated = field(exchange(podToken(UnaryOperator.identity())), "access_token");

        var principal = fixture.cloud.state().identity().authenticate("Bearer " + federated);
        assertThat(fixture.cloud.state().access().permitted(principal, GET_ROLE, "projects/" + PROJECT))
                .isTrue();
    }

    @Test
    void a_token_that_is_wrong_in_one_thing_is_refused() throws Exception {
        Map<String, UnaryOperator<TokenBuilder>> wrongs = Map.of(
                "audience", b -> b.audience("api://prediction-qa"),
                "expired", b -> b.expired(),
                "issuer", b -> b.claim("iss", "https://elsewhere.example.com"),
                "signature", b -> b.signedBy(SigningKeys.generate().rsa()),
                "unsigned", b -> b.unsigned("none"),
                "subject", b -> b.subject("analyst@example.com"));
        for (var wrong : wrongs.entrySet()) {
            HttpResponse<String> refused = exchange(podToken(wrong.getValue()));
            assertThat(refused.statusCode()).as(wrong.getKey()).isEqualTo(400);
            assertThat(field(refused, "error")).as(wrong.getKey()).isEqualTo("invalid_grant");
        }
    }

    @Test
    void a_pool_that_trusts_nobody_takes_no_token() throws Exception {
        var form = Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "audience", "identitynamespace:acme-ml-qa.svc.id.goog:cluster",
                "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                "subject_token", podToken(UnaryOperator.identity()));

        assertThat(field(post(form), "error")).isEqualTo("invalid_target");
    }

    @Test
    void a_token_ends_and_a_disabled_account_has_none() {
        String token = fixture.cloud.state().accessToken(OPERATOR);
        String bearer = "Bearer " + token;
        var identity = fixture.cloud.state().identity();
        assertThat(identity.authenticate(bearer).member()).isEqualTo(OPERATOR);

        fixture.cloud.state().accounts().disabled("projects/-/serviceAccounts/" + GSA, true);
        assertThatThrownBy(() -> identity.authenticate(bearer)).hasMessageContaining("UNAUTHENTICATED");
        fixture.cloud.state().accounts().disabled("projects/-/serviceAccounts/" + GSA, false);
        fixture.cloud.state().clock().advance(Duration.ofMinutes(61));
        assertThatThrownBy(() -> identity.authenticate(bearer)).hasMessageContaining("UNAUTHENTICATED");
    }

    private JWKSet keys() {
        return cluster.signingKeys().published();
    }

    private String podToken(UnaryOperator<TokenBuilder> change) {
        return change.apply(cluster.newToken().subject(SUBJECT).audience(POOL)).build();
    }

    private GoogleCredentials externalAccount(Path tokenFile) throws IOException {
        String json = """
                {"type": "external_account", "universe_domain": "googleapis.com",
                 "audience": "//iam.googleapis.com/%s",
                 "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
                 "token_url": "%s/v1/token",
                 "service_account_impersonation_url": "%s/v1/projects/-/serviceAccounts/%s:generateAccessToken",
                 "credential_source": {"file": "%s", "format": {"type": "text"}}}""".formatted(PROVIDER, fixture.cloud.url(), fixture.cloud.url(), GSA, tokenFile);
        HttpTransportFactory trusting = () -> new NetHttpTransport.Builder()
                .setSslSocketFactory(fixture.authority.clientContext().getSocketFactory())
                .build();
        return GoogleCredentials.fromStream(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), trusting)
                .createScoped("https://www.googleapis.com/auth/cloud-platform");
    }

    private HttpResponse<String> exchange(String token) throws Exception {
        return post(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "audience", "identitynamespace:" + POOL + ":https://sandbox.cluster",
                "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
                "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                "subject_token", token));
    }

    private HttpResponse<String> post(Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return fixture.http.send(
                HttpRequest.newBuilder(URI.create(fixture.cloud.url() + "/v1/token"))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> impersonate(String token) throws Exception {
        String path = "/v1/projects/-/serviceAccounts/" + GSA.replace("@", "%40") + ":generateAccessToken";
        return fixture.http.send(
                HttpRequest.newBuilder(URI.create(fixture.cloud.url() + path))
                        .header("authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString(
                                "{\"scope\": [\"https://www.googleapis.com/auth/cloud-platform\"]}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String field(HttpResponse<String> response, String name) throws Exception {
        return new ObjectMapper().readTree(response.body()).path(name).asText();
    }
}
