package dev.secureprediction.sandbox.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.secureprediction.sandbox.tls.Authority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcIssuerIT {
    private OidcIssuer issuer;
    private HttpClient http;

    @BeforeEach
    void start() {
        Authority authority = Authority.create();
        issuer = OidcIssuer.start(authority);
        http = HttpClient.newBuilder().sslContext(authority.clientContext()).build();
    }

    @AfterEach
    void stop() {
        http.close();
        issuer.close();
    }

    @Test
    void is_found_by_discovery() throws Exception {
        var document =
                JSONObjectUtils.parse(get("/.well-known/openid-configuration").body());

        assertThat(document).containsEntry("issuer", issuer.url()).containsEntry("jwks_uri", issuer.url() + "/v1/keys");
        assertThat(issuer.requests()).isEqualTo(new IssuerRequests(1, 0, 0));
    }

    @Test
    void issues_tokens_that_its_published_keys_verify() throws Exception {
        String rs256 = issuer.token("analyst@example.com", "api://prediction-qa");
        String es256 =
                issuer.newToken().algorithm(JWSAlgorithm.ES256).subject("x").build();

        assertThat(verifies(rs256)).isTrue();
        assertThat(verifies(es256)).isTrue();
        var claims = SignedJWT.parse(rs256).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(issuer.url());
        assertThat(claims.getSubject()).isEqualTo("analyst@example.com");
        assertThat(claims.getAudience()).containsExactly("api://prediction-qa");
        assertThat(claims.getStringListClaim("groups")).contains("ml-analysts-production");
        assertThat(claims.getExpirationTime().toInstant()).isAfter(Instant.now());
    }

    @Test
    void hands_a_token_to_a_person_it_knows_and_to_nobody_else() throws Exception {
        var analyst = requestToken(
                "grant_type=urn:sandbox:user&username=analyst%40example.com&audience=api%3A%2F%2Fprediction-qa");
        var stranger = requestToken(
                "grant_type=urn:sandbox:user&username=mallory%40example.com&audience=api%3A%2F%2Fprediction-qa");

        assertThat(analyst.statusCode()).isEqualTo(200);
        assertThat(verifies(String.valueOf(JSONObjectUtils.parse(analyst.body()).get("access_token"))))
                .isTrue();
        assertThat(stranger.statusCode()).isEqualTo(400);
        assertThat(stranger.body()).contains("invalid_grant");
    }

    @Test
    void hands_a_service_a_token_that_names_its_client_and_no_group() throws Exception {
        var form = "grant_type=client_credentials&scope=prediction.call";

        var answer = requestToken(form, "0oaqa7indexer:whatever");

        assertThat(answer.statusCode()).isEqualTo(200);
        var token = String.valueOf(JSONObjectUtils.parse(answer.body()).get("access_token"));
        assertThat(verifies(token)).isTrue();
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getStringClaim("cid")).isEqualTo("0oaqa7indexer");
        assertThat(claims.getStringListClaim("scp")).containsExactly("prediction.call");
        assertThat(claims.getClaims()).doesNotContainKey("groups");
        assertThat(requestToken(form).body()).contains("invalid_client");
    }

    @Test
    void keeps_the_last_keys_published_over_a_rotation() throws Exception {
        String before = issuer.token("analyst@example.com", "api://prediction-qa");

        issuer.rotate();
        String after = issuer.token("analyst@example.com", "api://prediction-qa");

        assertThat(verifies(before)).isTrue();
        assertThat(verifies(after)).isTrue();
        assertThat(keyId(after)).isNotEqualTo(keyId(before));
    }

    @Test
    void forgets_the_last_keys_in_a_rotation_without_overlap() throws Exception {
        String before = issuer.token("analyst@example.com", "api://prediction-qa");

        issuer.rotateWithoutOverlap();

        assertThat(verifies(before)).isFalse();
        assertThat(verifies(issuer.token("analyst@example.com", "api://prediction-qa")))
                .isTrue();
    }

    @Test
    void makes_forgeries_on_request() throws Exception {
        var foreign = SigningKeys.generate();

        String forged = issuer.newToken().subject("x").signedBy(foreign.rsa()).build();
        String unsigned = issuer.newToken().subject("x").unsigned("none").build();
        String padded =
                issuer.newToken().algorithm(JWSAlgorithm.PS256).subject("x").build();

        assertThat(verifies(forged)).isFalse();
        assertThat(unsigned).endsWith(".");
        assertThat(verifies(padded)).isTrue();
    }

    @Test
    void counts_requests_and_says_how_long_keys_keep() throws Exception {
        issuer.keysMaxAge(Duration.ofSeconds(7));

        HttpResponse<String> keys = get("/v1/keys");

        assertThat(keys.headers().firstValue("cache-control")).hasValue("max-age=7, must-revalidate");
        assertThat(issuer.requests()).isEqualTo(new IssuerRequests(0, 1, 0));
    }

    @Test
    void misbehaves_as_told_and_recovers() throws Exception {
        issuer.fault(new IssuerFault.Status(500));
        assertThat(get("/v1/keys").statusCode()).isEqualTo(500);
        issuer.fault(new IssuerFault.Html());
        assertThat(get("/v1/keys").body()).startsWith("<html>");
        issuer.fault(new IssuerFault.EmptyKeySet());
        assertThat(get("/v1/keys").body()).isEqualTo("{\"keys\":[]}");
        issuer.fault(new IssuerFault.Silence());
        assertThatThrownBy(() -> get("/v1/keys", Duration.ofSeconds(1))).isInstanceOf(HttpTimeoutException.class);
        issuer.fault(new IssuerFault.None());
        assertThat(JWKSet.parse(get("/v1/keys").body()).size()).isEqualTo(2);
    }

    private boolean verifies(String token) throws Exception {
        JWKSet keys = JWKSet.parse(get("/v1/keys").body());
        JWK key = keys.getKeyByKeyId(keyId(token));
        if (key == null) {
            return false;
        }
        JWSVerifier verifier = key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
        return SignedJWT.parse(token).verify(verifier);
    }

    private static String keyId(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path, Duration patience) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(issuer.url() + path)).timeout(patience);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> requestToken(String form) throws Exception {
        return requestToken(form, "");
    }

    private HttpResponse<String> requestToken(String form, String user) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(issuer.url() + "/v1/token"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (!user.isEmpty()) {
            request.header("authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
