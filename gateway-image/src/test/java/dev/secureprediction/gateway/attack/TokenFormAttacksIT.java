package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token stands, how often, and how large it is. */
final class TokenFormAttacksIT {
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

    private static HttpRequest.Builder post(String query) {
        return HttpRequest.newBuilder(URI.create(gateway.world().gateway().url() + Attacked.PATH + query))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Attacked.BODY));
    }

    @Test
    @DisplayName("A1 no token")
    void a1_no_token() {
        HttpResponse<String> response = gateway.send(post(""));

        gateway.assertTokenRefused(response, "TOKEN_MISSING");
        // RFC 6750, section 3.1: no error code where there was no token
        assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
    }

    @ParameterizedTest(name = "A1 {0}")
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Basic Y2FuYXJ5N2YzYTkxOng=",
                "Digest username=canary7f3a91",
                "canary7f3a91",
                "Bearer canary7f3a91 canary7f3a91",
                "Bearer canary7f3a91, Bearer canary7f3a91",
                "Bearer=canary7f3a91",
                "Bearer\tcanary7f3a91",
                "DPoP canary7f3a91",
                "Token canary7f3a91",
                "Bearer \"canary7f3a91\"",
                "Bearer ..",
                "Bearer ...."
            })
    @DisplayName("A1 something else than a token")
    void a1_no_bearer_token(String authorization) {
        gateway.assertTokenRefused(
                gateway.send(post("").header("Authorization", authorization)),
                "TOKEN_MISSING",
                "NOT_BEARER",
                "NOT_COMPACT_JWS");
    }

    @Test
    @DisplayName("A1 a token in a cookie, a form or another header is none")
    void a1_token_elsewhere() {
        String token = gateway.token();

        for (String name : List.of("Cookie", "X-Authorization", "Proxy-Authorization", "X-Forwarded-Access-Token")) {
            gateway.assertTokenRefused(gateway.send(post("").header(name, "Bearer " + token)), "TOKEN_MISSING");
        }
        gateway.assertTokenRefused(
                gateway.send(post("").setHeader("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("access_token=" + token))),
                "TOKEN_MISSING");
    }

    @Test
    @DisplayName("A2 two Authorization headers")
    void a2_two_authorization_headers() {
        String good = "Authorization: Bearer " + gateway.token();
        List<List<String>> pairs = List.of(
                List.of(good, good),
                List.of(good, "Authorization: Bearer " + Attacked.CANARY),
                List.of("Authorization: Bearer " + Attacked.CANARY, good),
                List.of(good, "authorization: Basic eDp5"),
                List.of(good, "AUTHORIZATION:"));

        for (List<String> pair : pairs) {
            String request =
                    "POST " + Attacked.PATH + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
                            + String.join("\r\n", pair) + "\r\nContent-Length: " + Attacked.BODY.length() + "\r\n\r\n"
                            + Attacked.BODY;
            gateway.assertRefused(gateway.raw(request).getFirst(), Set.of(400), "HEADER_REPEATED:Authorization");
        }
    }

    @ParameterizedTest(name = "A3 {0}")
    @ValueSource(
            strings = {
                "access_token",
                "ACCESS_TOKEN",
                "access%5Ftoken",
                "token",
                "key",
                "id_token",
                "authorization",
                "jwt",
                "api_key",
                "api-key",
                "bearer_token",
                "auth"
            })
    @DisplayName("A3 token in the query, alone or beside the header")
    void a3_token_in_the_query(String name) {
        String query = "?" + name + "=" + gateway.token();

        gateway.assertRefused(gateway.send(post(query)), 400, "TOKEN_IN_QUERY");
        gateway.assertRefused(
                gateway.send(post(query).header("Authorization", "Bearer " + gateway.token())), 400, "TOKEN_IN_QUERY");
        gateway.assertRefused(
                gateway.send(post("?alt=json&" + name + "=" + Attacked.CANARY)
                        .header("Authorization", "Bearer " + gateway.token())),
                400,
                "TOKEN_IN_QUERY");
    }

    @Test
    @DisplayName("A3 other names in the query are refused as well")
    void a3_anything_in_the_query() {
        for (String query : List.of("?x=" + Attacked.CANARY, "?&", "?alt=sse", "?alt=json&alt=json", "?alt=%6Ason")) {
            gateway.assertRefused(
                    gateway.send(post(query).header("Authorization", "Bearer " + gateway.token())),
                    400,
                    "QUERY_REFUSED",
                    "TOKEN_IN_QUERY");
        }
    }

    @Test
    @DisplayName("A27 a token of 64 KB, of 1 MB, and one just above the limit")
    void a27_large_tokens() {
        for (int size : new int[] {64 << 10, 1 << 20}) {
            String request = "POST " + Attacked.PATH + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                    + "a".repeat(size) + "\r\nContent-Length: 0\r\n\r\n";
            gateway.assertRefused(gateway.raw(request).getFirst(), Set.of(431), "HEADERS_TOO_LARGE");
        }
        String large = gateway.world()
                .issuer()
                .newToken()
                .audience(Policies.AUDIENCE)
                .subject("analyst@example.com")
                .claim("padding", "a".repeat(14_000))
                .build();
        gateway.assertTokenRefused(gateway.sendWith(large), "TOO_LARGE");
    }

    @Test
    @DisplayName("A27 deep JSON in a token's header and payload")
    void a27_deep_json() {
        String deep = "[".repeat(2_000) + "]".repeat(2_000);
        String deepObject = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);

        gateway.assertTokenRefused(
                gateway.sendWith(gateway.world()
                        .issuer()
                        .newToken()
                        .payload("{\"iss\":\"x\",\"a\":" + deep + "}")
                        .build()),
                "PAYLOAD_MALFORMED");
        gateway.assertTokenRefused(
                gateway.sendWith(
                        gateway.world().issuer().newToken().payload(deepObject).build()),
                "PAYLOAD_MALFORMED");
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.assembled("{\"alg\":\"RS256\",\"a\":" + deep + "}", "{}")), "HEADER_MALFORMED");
    }

    @ParameterizedTest(name = "A27 {0}")
    @ValueSource(strings = {"", "[]", "null", "\"x\"", "{", "{}x", "{\"sub\":1,\"sub\":2}", "{\"exp\":NaN}", "\u0000"})
    @DisplayName("A27 a payload that is no JSON object")
    void a27_payload_that_is_no_object(String payload) {
        gateway.assertTokenRefused(
                gateway.sendWith(
                        gateway.world().issuer().newToken().payload(payload).build()),
                "PAYLOAD_MALFORMED",
                "NOT_COMPACT_JWS",
                "ISSUER_UNKNOWN");
    }

    @Test
    @DisplayName("A27 a claim that stands twice does not choose the caller")
    void a27_duplicate_claims() {
        Map<String, Object> good = Tokens.analystClaims(gateway.world().issuer().url());
        String payload = Attacked.toJson(good).replaceFirst("\\{", "{\"sub\":\"root\",");

        gateway.assertTokenRefused(
                gateway.sendWith(
                        gateway.world().issuer().newToken().payload(payload).build()),
                "PAYLOAD_MALFORMED");
    }

    @Test
    @DisplayName("A1 the scheme's name compares without case")
    void a1_scheme_without_case() {
        assertThat(GatewayWorld.endpointPath("predict")).isEqualTo(Attacked.PATH);
        gateway.assertServed(gateway.send(post("").header("Authorization", "bEARER " + gateway.token())));
    }
}
