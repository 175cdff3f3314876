package dev.secureprediction.gateway.attack;

import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.issuer.TokenBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well signed tokens that are not for this gateway, or not for now. */
final class ClaimAttacksIT {
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

    private static TokenBuilder token() {
        return Tokens.analyst(gateway.world().issuer());
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    @Test
    @DisplayName("A18 an ID token, by its audience")
    void a18_id_token_by_audience() {
        gateway.assertTokenRefused(
                gateway.sendWith(token().type("JWT")
                        .audience("0oa1clientid")
                        .claim("nonce", "n")
                        .claim("at_hash", "h")
                        .build()),
                "AUDIENCE_REFUSED");
    }

    @ParameterizedTest(name = "A18 typ {0}")
    @ValueSource(
            strings = {
                "id_token",
                "id+jwt",
                "dpop+jwt",
                "logout+jwt",
                "secevent+jwt",
                "JWE",
                "JOSE",
                "rt+jwt",
                "at",
                "jwt ",
                "application/jwt+at",
                "application/application/jwt",
                "text/at+jwt",
                "at+jwt; x=1"
            })
    @DisplayName("A18 tokens of another kind, by their type")
    void a18_other_kinds(String type) {
        gateway.assertTokenRefused(gateway.sendWith(token().type(type).build()), "TYPE_REFUSED");
    }

    @ParameterizedTest(name = "A19 typ {0}")
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "JWT", "jwt", "AT+JWT", "application/JWT"})
    @DisplayName("A19 usual types are taken where the policy names none")
    void a19_usual_types(String type) {
        gateway.assertServed(gateway.sendWith(token().type(type).build()));
    }

    @Test
    @DisplayName("A19 no type is taken where the policy names none, a type that is no text never")
    void a19_no_type() {
        gateway.assertServed(gateway.sendWith(token().withoutHeader("typ").build()));
        gateway.calm();
        for (Object type : List.of(1, true, List.of("JWT"), Map.of(), "")) {
            gateway.assertTokenRefused(
                    gateway.sendWith(token().header("typ", type).build()), "HEADER_MALFORMED", "TYPE_REFUSED");
        }
    }

    @ParameterizedTest(name = "A20 aud {0}")
    @ValueSource(
            strings = {
                "api://prediction-production",
                "api://prediction",
                "api://prediction-qa/",
                "api://prediction-qa2",
                "API://PREDICTION-QA",
                " api://prediction-qa",
                "api://prediction-qa ",
                "xapi://prediction-qa",
                "api://prediction-qa,api://prediction-staging",
                "api://prediction-qa api://prediction-staging",
                "*",
                ""
            })
    @DisplayName("A20 an audience that is almost ours")
    void a20_other_audiences(String audience) {
        gateway.assertTokenRefused(
                gateway.sendWith(token().claim("aud", audience).build()), "AUDIENCE_REFUSED");
        gateway.assertTokenRefused(
                gateway.sendWith(
                        token().claim("aud", List.of(audience, "api://x")).build()),
                "AUDIENCE_REFUSED");
    }

    @Test
    @DisplayName("A20 no audience, or one that is no text")
    void a20_audience_of_another_type() {
        gateway.assertTokenRefused(gateway.sendWith(token().withoutClaim("aud").build()), "AUDIENCE_REFUSED");
        for (Object audience : List.of(
                List.of(),
                List.of(List.of(Policies.AUDIENCE)),
                List.of(1, true),
                Map.of(Policies.AUDIENCE, true),
                1,
                true)) {
            gateway.assertTokenRefused(
                    gateway.sendWith(token().claim("aud", audience).build()), "AUDIENCE_REFUSED");
        }
    }

    @Test
    @DisplayName("A20 ours among several is taken")
    void a20_ours_among_several() {
        gateway.assertServed(gateway.sendWith(
                token().audience("api://prediction-staging", Policies.AUDIENCE).build()));
    }

    @Test
    @DisplayName("A22 expired, long ago and just past the skew")
    void a22_expired() {
        gateway.assertTokenRefused(gateway.sendWith(token().expired().build()), "EXPIRED");
        gateway.assertTokenRefused(
                gateway.sendWith(token().claim("exp", now() - 61).build()), "EXPIRED");
        gateway.assertTokenRefused(gateway.sendWith(token().claim("exp", 0).build()), "EXPIRED");
        gateway.assertTokenRefused(gateway.sendWith(token().claim("exp", 1).build()), "EXPIRED");
    }

    @Test
    @DisplayName("A22 within the skew")
    void a22_within_the_skew() {
        gateway.assertServed(gateway.sendWith(token().claim("exp", now() - 20).build()));
    }

    @Test
    @DisplayName("A22 no expiry")
    void a22_no_expiry() {
        gateway.assertTokenRefused(gateway.sendWith(token().withoutClaim("exp").build()), "EXPIRY_MISSING");
    }

    @ParameterizedTest(name = "A22 exp {0}")
    @ValueSource(
            strings = {
                "4102444800.5",
                "1e400",
                "-1e400",
                "1e10",
                "1e999999999",
                "\"4102444800\"",
                "null",
                "true",
                "[4102444800]",
                "{}",
                "-1",
                "99999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "253402300800",
                "0x7fffffff",
                "Infinity",
                "00004102444800"
            })
    @DisplayName("A22 an expiry that is no time")
    void a22_no_time(String expiry) {
        for (String claim : List.of("exp", "nbf", "iat")) {
            Map<String, Object> claims =
                    Tokens.analystClaims(gateway.world().issuer().url());
            claims.put(claim, 4242424242L);
            String payload = Attacked.toJson(claims).replace("4242424242", expiry);

            gateway.assertTokenRefused(
                    gateway.sendWith(token().payload(payload).build()),
                    "TIME_MALFORMED",
                    "PAYLOAD_MALFORMED",
                    "EXPIRED",
                    "EXPIRY_MISSING");
        }
    }

    @Test
    @DisplayName("A23 not before, and issued in, the future")
    void a23_from_the_future() {
        gateway.assertTokenRefused(
                gateway.sendWith(token().claim("nbf", now() + 90).build()), "NOT_YET_VALID");
        gateway.assertTokenRefused(
                gateway.sendWith(token().claim("nbf", now() + 100_000).build()), "NOT_YET_VALID");
        gateway.assertTokenRefused(
                gateway.sendWith(token().claim("iat", now() + 90).build()), "ISSUED_IN_FUTURE");
        gateway.assertTokenRefused(
                gateway.sendWith(token().claim("iat", now() + 3_000).build()), "ISSUED_IN_FUTURE");
    }

    @Test
    @DisplayName("A23 clocks that differ a little do not matter")
    void a23_within_the_skew() {
        gateway.assertServed(gateway.sendWith(
                token().claim("nbf", now() + 20).claim("iat", now() + 20).build()));
    }

    @Test
    @DisplayName("A20 another issuer's name, or almost ours")
    void a20_other_issuers() {
        String ours = gateway.world().issuer().url();
        for (Object issuer : List.of(ours + "/", ours + "x", ours.replace("https", "http"), "", 1, List.of(ours))) {
            gateway.assertTokenRefused(
                    gateway.sendWith(token().claim("iss", issuer).build()), "ISSUER_UNKNOWN");
        }
        gateway.assertTokenRefused(gateway.sendWith(token().withoutClaim("iss").build()), "ISSUER_UNKNOWN");
    }

    @Test
    @DisplayName("A20 no subject, or one that is no text")
    void a20_no_subject() {
        gateway.assertTokenRefused(gateway.sendWith(token().withoutClaim("sub").build()), "SUBJECT_MISSING");
        for (Object subject : List.of("", " ", 1, true, List.of("analyst@example.com"), "x".repeat(600))) {
            gateway.assertTokenRefused(
                    gateway.sendWith(token().claim("sub", subject).build()), "SUBJECT_MISSING");
        }
    }

    @Test
    @DisplayName("A30 a group that is almost the role's")
    void a30_other_groups() {
        for (Object groups : List.of(
                List.of(),
                List.of("ml-analysts"),
                List.of("ml-analysts-qa2"),
                List.of("ML-ANALYSTS-QA"),
                List.of(List.of("ml-analysts-qa")),
                Map.of("ml-analysts-qa", true),
                "x ml-analysts-qa",
                "ml-analysts-qa,x",
                7)) {
            gateway.assertRefused(
                    gateway.sendWith(token().claim("groups", groups).build()), 403, "NoRoleMatches");
        }
        gateway.assertRefused(gateway.sendWith(token().withoutClaim("groups").build()), 403, "NoRoleMatches");
    }
}
