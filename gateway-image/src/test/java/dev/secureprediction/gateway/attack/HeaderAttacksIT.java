package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.Policies;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields that other gateways believed or passed on. */
final class HeaderAttacksIT {
    /** All that the model may ever see; what stands with a colon is HTTP/2's or the test server's own. */
    private static final Set<String> FORWARDED = Set.of(
            "authorization",
            "content-type",
            "content-length",
            "accept",
            "accept-encoding",
            "user-agent",
            "x-request-id",
            "host",
            ":method",
            ":scheme",
            ":authority",
            ":path");

    private static Attacked gateway;

    @BeforeAll
    static void start() {
        gateway = Attacked.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void calm() {
        gateway.calm();
    }

    private static HttpRequest.Builder analystPosts() {
        return gateway.world().analystPosts(Attacked.PATH, Attacked.BODY);
    }

    private static void assertOnlyOwnHeadersForwarded() {
        Set<String> names = gateway.world().model().onlyRequest().headers().names().stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
        assertThat(FORWARDED).containsAll(names);
        assertThat(gateway.world().model().onlyRequest().headers().toString()).doesNotContain(Attacked.CANARY);
    }

    @ParameterizedTest(name = "A34 {0}")
    @ValueSource(
            strings = {
                "X-Pomerium-Jwt-Assertion",
                "X-Pomerium-Claim-Groups",
                "X-Goog-IAP-JWT-Assertion",
                "X-Goog-Authenticated-User-Email",
                "X-Goog-Authenticated-User-Id",
                "X-User",
                "X-User-Id",
                "X-Role",
                "X-Roles",
                "X-Groups",
                "X-Forwarded-User",
                "X-Forwarded-Groups",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "Forwarded",
                "X-Real-IP",
                "X-Auth-Request-Email",
                "X-Remote-User",
                "Remote-User",
                "X-Amzn-Oidc-Data",
                "X-Ms-Client-Principal",
                "X-SSL-Client-Verify",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "X-Envoy-Original-Path",
                "X-Consumer-Username"
            })
    @DisplayName("A34 a header that says who calls is not believed and not passed on")
    void a34_identity_headers(String name) {
        gateway.assertServed(gateway.send(analystPosts().header(name, Attacked.CANARY)));
        assertOnlyOwnHeadersForwarded();

        // and a guest stays a guest
        gateway.calm();
        String guest = gateway.world().issuer().token("guest@example.com", Policies.AUDIENCE);
        gateway.assertRefused(
                gateway.send(gateway.world()
                        .postsWith(guest, Attacked.PATH, Attacked.BODY)
                        .header(name, "analyst@example.com ml-analysts-qa analyst")),
                403,
                "NoRoleMatches");
    }

    @Test
    @DisplayName("A36 a header that decides something, twice")
    void a36_repeated_headers() {
        String length = "Content-Length: " + Attacked.BODY.length();
        List<List<String>> pairs = List.of(
                List.of("Content-Type: application/json", length),
                List.of("content-type: text/plain", length),
                List.of(length, length),
                List.of("Host: gateway", length),
                List.of("hOsT: " + Attacked.CANARY, length),
                List.of("Content-Encoding: identity", "Content-Encoding: gzip", length),
                List.of("Expect: 100-continue", "Expect: 100-continue", length),
                List.of("Authorization: Bearer " + Attacked.CANARY, length));

        for (List<String> fields : pairs) {
            List<RawAnswer> answers = gateway.raw(gateway.post(fields.toArray(String[]::new)) + "\r\n" + Attacked.BODY);
            assertThat(answers).as(fields.toString()).hasSize(1);
            gateway.assertRefused(answers.getFirst(), Set.of(400));
        }
    }

    @ParameterizedTest(name = "A39 {0}")
    @ValueSource(
            strings = {
                "x-goog-api-key",
                "api-key",
                "x-api-key",
                "x-goog-user-project",
                "Cookie",
                "Cookie2",
                "X-Goog-Request-Params",
                "X-Goog-Api-Client",
                "X-Goog-Encryption-Key",
                "X-Goog-Iam-Authority-Selector",
                "X-Goog-Ext-123",
                "X-Cloud-Trace-Context",
                "Proxy-Authorization",
                "X-Vertex-AI-Endpoint-Id",
                "anthropic-beta",
                "OpenAI-Organization",
                "Accept-Encoding",
                "Range",
                "If-None-Match",
                "Via",
                "TE",
                "Trailer",
                "Origin",
                "traceparent"
            })
    @DisplayName("A39 keys, projects and cookies of the caller never reach the model")
    void a39_caller_headers(String name) {
        gateway.assertServed(gateway.send(analystPosts().header(name, Attacked.CANARY)));
        assertOnlyOwnHeadersForwarded();
        assertThat(gateway.world().model().onlyRequest().headers().get("authorization"))
                .isEqualTo("Bearer " + gateway.world().metadata().token());
    }

    @Test
    @DisplayName("A39 headers that a Connection header names are not passed on either")
    void a39_connection_options() {
        String request = gateway.post(
                        "Connection: keep-alive, X-Request-Id, Authorization, X-Hop",
                        "X-Hop: " + Attacked.CANARY,
                        "X-Request-Id: " + Attacked.CANARY,
                        "Content-Length: " + Attacked.BODY.length())
                + "\r\n" + Attacked.BODY;

        List<RawAnswer> answers = gateway.raw(request);

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().status()).isEqualTo(200);
        assertThat(answers.getFirst().head()).doesNotContain(Attacked.CANARY);
        assertOnlyOwnHeadersForwarded();
    }

    @ParameterizedTest(name = "A43 Expect: {0}")
    @ValueSource(strings = {"200-ok", "100-continue, x", "x=canary7f3a91", "", "100-continue;q=1"})
    @DisplayName("A43 expectations that nobody can meet")
    void a43_expectations(String value) {
        List<RawAnswer> answers = gateway.raw(
                gateway.post("Expect: " + value, "Content-Length: " + Attacked.BODY.length()) + "\r\n" + Attacked.BODY);

        assertThat(answers).hasSize(1);
        gateway.assertRefused(answers.getFirst(), Set.of(400, 417));
    }

    @Test
    @DisplayName("A43 100-continue is answered after the token is known to be good, not before")
    void a43_continue() {
        String body = "\r\n" + Attacked.BODY;
        String length = "Content-Length: " + Attacked.BODY.length();

        List<RawAnswer> served = gateway.raw(gateway.post("Expect: 100-continue", length) + body);
        assertThat(served).extracting(RawAnswer::status).containsExactly(100, 200);

        gateway.calm();
        List<RawAnswer> refused = gateway.raw("POST " + Attacked.PATH
                + " HTTP/1.1\r\nHost: gateway\r\nExpect: 100-continue\r\n" + length + "\r\n" + body);
        assertThat(refused).hasSize(1);
        gateway.assertRefused(refused.getFirst(), Set.of(401), "TOKEN_MISSING");
    }

    @ParameterizedTest(name = "A43 {0}")
    @ValueSource(
            strings = {
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
                "Connection: upgrade\r\nUpgrade: TLS/1.0",
                "Upgrade: websocket",
                "Connection: UPGRADE",
                "Connection: keep-alive, Upgrade\r\nUpgrade: foo/2"
            })
    @DisplayName("A43 upgrades are not made")
    void a43_upgrades(String fields) {
        List<RawAnswer> answers =
                gateway.raw(gateway.post(fields, "Content-Length: " + Attacked.BODY.length()) + "\r\n" + Attacked.BODY);

        // RFC 9110, section 7.8: passed over, so that what follows is still read as HTTP/1.1 and checked
        assertThat(answers).extracting(RawAnswer::status).containsExactly(200);
        assertThat(answers.getFirst().header("upgrade")).isEmpty();
        assertOnlyOwnHeadersForwarded();
    }

    @ParameterizedTest(name = "A43 {0}")
    @ValueSource(
            strings = {
                "CONNECT", "TRACE", "TRACK", "DEBUG", "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post",
                "POSTX"
            })
    @DisplayName("A43 methods that serve nothing here")
    void a43_methods(String method) {
        List<RawAnswer> answers = gateway.raw(
                gateway.request(method + " " + Attacked.PATH + " HTTP/1.1", "X: " + Attacked.CANARY) + "\r\n");

        assertThat(answers).hasSize(1);
        if (method.equals("HEAD")) {
            assertThat(answers.getFirst().status()).isEqualTo(404);
            gateway.assertNothingUpstream();
        } else {
            gateway.assertRefused(answers.getFirst(), Set.of(400, 404, 405, 501));
        }
    }

    @ParameterizedTest(name = "A43 CONNECT {0}")
    @ValueSource(strings = {"evil.example:443", "127.0.0.1:22", "169.254.169.254:80", "*", "/"})
    @DisplayName("A43 the gateway is no proxy")
    void a43_connect(String target) {
        List<RawAnswer> answers = gateway.raw(gateway.request("CONNECT " + target + " HTTP/1.1") + "\r\n");

        assertThat(answers).hasSize(1);
        gateway.assertRefused(answers.getFirst(), Set.of(400, 405));
    }

    @ParameterizedTest(name = "A45 {0}")
    @ValueSource(
            strings = {
                "X-Vertex-AI-LLM-Shared-Request-Type",
                "x-vertex-ai-llm-shared-request-type",
                "X-VERTEX-AI-LLM-REQUEST-TYPE",
                "X-Vertex-AI-LLM-Priority"
            })
    @DisplayName("A45 asking for priority traffic without a role for it")
    void a45_priority_traffic(String name) {
        for (String value : List.of("priority", "dedicated", "flex", "", Attacked.CANARY)) {
            gateway.assertRefused(gateway.send(analystPosts().header(name, value)), 403, "TRAFFIC_TIER");
        }
    }
}
