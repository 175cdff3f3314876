package dev.secureprediction.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.Revocations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are taken. */
final class TokenVerifierTest {
    private final TestTime time = new TestTime();
    private final TestIssuer issuer = new TestIssuer(time);
    private final RevocationList revocations = new RevocationList();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final KeyRegistry registry = new KeyRegistry(caBundle -> issuer, SignatureProvider::jdk, timer, time);

    @AfterEach
    void end() {
        registry.close();
        timer.shutdownNow();
    }

    private TokenVerifier verifier(Issuer... issuers) {
        return TokenVerifier.of(List.of(issuers), registry, revocations, time);
    }

    private TokenVerifier usual() {
        return verifier(TestIssuer.issuer(Optional.empty(), List.of()));
    }

    private static Verification verify(TokenVerifier verifier, String token) {
        Verification first = verifier.verify(BearerToken.of(token), SignatureWork.UNBOUNDED);
        if (first instanceof Verification.Pending pending) {
            pending.looked().join();
            return verifier.verify(BearerToken.of(token), SignatureWork.UNBOUNDED);
        }
        return first;
    }

    private static Object outcome(TokenVerifier verifier, String token) {
        return switch (verify(verifier, token)) {
            case Verification.Valid valid -> "valid";
            case Verification.Faulty faulty -> faulty.fault();
            case Verification.Pending pending -> "pending";
        };
    }

    @Test
    void aGoodTokenTellsWhoCalls() {
        Verification verification = verify(usual(), issuer.token(issuer.claims()));
        assertThat(verification).isInstanceOfSatisfying(Verification.Valid.class, valid -> {
            assertThat(valid.token().caller().issuer()).isEqualTo("okta");
            assertThat(valid.token().caller().subject()).isEqualTo("analyst");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "exp,-61,EXPIRED",
        "exp,-60,EXPIRED",
        "exp,-59,valid",
        "nbf,61,NOT_YET_VALID",
        "nbf,60,valid",
        "iat,61,ISSUED_IN_FUTURE",
        "iat,60,valid"
    })
    void timesHaveAMinuteOfSkew(String claim, long offset, String expected) {
        Map<String, Object> claims = issuer.claims();
        claims.put(claim, time.instant().getEpochSecond() + offset);
        assertThat(outcome(usual(), issuer.token(claims))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e400", "1795350000.5", "\"1795350000\"", "null", "true", "-1", "99999999999999999999", "[1]"})
    void anExpiryThatIsNoWholeNumberIsRefused(String literal) {
        String payload =
                JSONObjectUtils.toJSONString(issuer.claims()).replaceAll("\"exp\":[0-9]+", "\"exp\":" + literal);
        assertThat(outcome(usual(), issuer.token("JWT", payload))).isEqualTo(TokenFault.TIME_MALFORMED);
    }

    @Test
    void anExpiryMustBeThere() {
        Map<String, Object> claims = issuer.claims();
        claims.remove("exp");
        assertThat(outcome(usual(), issuer.token(claims))).isEqualTo(TokenFault.EXPIRY_MISSING);
    }

    @Test
    void anAudienceIsComparedWhole() {
        Map<String, Object> claims = issuer.claims();
        claims.put("aud", List.of("other", TestIssuer.AUDIENCE));
        assertThat(outcome(usual(), issuer.token(claims))).isEqualTo("valid");
        for (Object wrong : List.of("api://prediction/", "api://predictio", List.of(), 7)) {
            claims.put("aud", wrong);
            assertThat(outcome(usual(), issuer.token(claims))).isEqualTo(TokenFault.AUDIENCE_REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "at+jwt,valid",
        "application/AT+JWT,valid",
        "JWT,valid",
        ",valid",
        "id_token+jwt,TYPE_REFUSED",
        "JOSE,TYPE_REFUSED"
    })
    void withoutAListTheUsualTypesAreTaken(String type, String expected) {
        String token = issuer.token(type, JSONObjectUtils.toJSONString(issuer.claims()));
        assertThat(outcome(usual(), token)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"at+jwt,valid", "application/at+jwt,valid", "JWT,TYPE_REFUSED", ",TYPE_REFUSED"})
    void withAListOnlyItsTypesAreTaken(String type, String expected) {
        TokenVerifier strict = verifier(TestIssuer.issuer(Optional.empty(), List.of("at+jwt")));
        String token = issuer.token(type, JSONObjectUtils.toJSONString(issuer.claims()));
        assertThat(outcome(strict, token)).hasToString(expected);
    }

    @Test
    void aTokenThatLivesTooLongIsRefused() {
        TokenVerifier shortLived = verifier(TestIssuer.issuer(Optional.of(599L), List.of()));
        assertThat(outcome(shortLived, issuer.token(issuer.claims()))).isEqualTo(TokenFault.LIFETIME_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\",\"kid\":\"k1\",\"crit\":[\"x\"],\"x\":1}",
                "{\"alg\":\"RS256\",\"kid\":\"k1\",\"jwk\":{\"kty\":\"RSA\"}}",
                "{\"alg\":\"RS256\",\"kid\":\"k1\",\"jku\":\"https://127.0.0.1/\"}",
                "{\"alg\":\"RS256\",\"kid\":\"k1\",\"x5u\":\"https://127.0.0.1/\"}",
                "{\"alg\":\"RS256\",\"kid\":\"k1\",\"x5c\":[]}",
                "{\"alg\":\"RS256\",\"kid\":\"k1\",\"cty\":\"JWT\"}",
            })
    void headersThatBringKeysOrExtensionsAreRefused(String header) {
        assertThat(outcome(usual(), withHeader(header))).isEqualTo(TokenFault.HEADER_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "HS256", "PS256", "RS512", "ES256", "RS256 "})
    void onlyThePolicysAlgorithmsAreTaken(String algorithm) {
        assertThat(outcome(usual(), withHeader("{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}")))
                .isEqualTo(TokenFault.ALGORITHM_REFUSED);
    }

    @Test
    void aWrongSignatureIsRefused() {
        String token = withHeader("{\"alg\":\"RS256\",\"kid\":\"k1\"}");
        assertThat(outcome(usual(), token)).isEqualTo(TokenFault.SIGNATURE_WRONG);
    }

    /** The good token's payload and signature under another header. */
    private String withHeader(String header) {
        String good = issuer.token(issuer.claims());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + good.substring(good.indexOf('.'));
    }

    @Test
    void whatIsNoCompactJwsIsRefused() {
        String good = issuer.token(issuer.claims());
        TokenVerifier verifier = usual();
        assertThat(outcome(verifier, good)).isEqualTo("valid");
        for (String bad : List.of(
                "",
                ".",
                "..",
                "a.b",
                good + ".",
                good + ".x.y",
                good + "=",
                " " + good,
                good.replace('.', ','),
                good.substring(0, good.lastIndexOf('.') + 1))) {
            assertThat(outcome(verifier, bad)).as(bad).isEqualTo(TokenFault.NOT_COMPACT_JWS);
        }
        assertThat(outcome(verifier, "a".repeat(CompactJws.MAX_BYTES + 1))).isEqualTo(TokenFault.TOO_LARGE);
    }

    @Test
    void aPayloadThatIsNestedDeeplyOrNamesAClaimTwiceIsRefused() {
        String claims = JSONObjectUtils.toJSONString(issuer.claims());
        String deep = claims.replaceFirst("\\{", "{\"x\":" + "[".repeat(200) + "]".repeat(200) + ",");
        String twice = claims.replaceFirst("\\{", "{\"sub\":\"other\",");
        assertThat(outcome(usual(), issuer.token("JWT", deep))).isEqualTo(TokenFault.PAYLOAD_MALFORMED);
        assertThat(outcome(usual(), issuer.token("JWT", twice))).isEqualTo(TokenFault.PAYLOAD_MALFORMED);
    }

    @Test
    void aCachedTokenEndsWithItsLife() {
        TokenVerifier verifier = usual();
        String token = issuer.token(issuer.claims());
        assertThat(outcome(verifier, token)).isEqualTo("valid");
        time.advance(Duration.ofSeconds(661));
        assertThat(outcome(verifier, token)).isEqualTo(TokenFault.EXPIRED);
    }

    @Test
    void aCachedTokenEndsWithItsKey() {
        // given a token that was verified
        TokenVerifier verifier = usual();
        String token = issuer.token(issuer.claims());
        assertThat(outcome(verifier, token)).isEqualTo("valid");

        // when the issuer withdraws the key, and the gateway hears of it through another token
        issuer.rotateTo(TestIssuer.newKey("k2"));
        time.advance(FetchedKeys.COOL_DOWN);
        assertThat(outcome(verifier, issuer.token(issuer.claims()))).isEqualTo("valid");

        // then the first is not taken any more
        time.advance(FetchedKeys.COOL_DOWN);
        assertThat(outcome(verifier, token)).isEqualTo(TokenFault.KEY_UNKNOWN);
    }

    @Test
    void revocationsCountForCachedTokensToo() {
        TokenVerifier verifier = usual();
        String token = issuer.token(issuer.claims());
        assertThat(outcome(verifier, token)).isEqualTo("valid");
        revocations.replace(new Revocations(List.of(), List.of(new Revocations.TokenId("okta", "t1"))));
        assertThat(outcome(verifier, token)).isEqualTo(TokenFault.REVOKED);
        revocations.replace(new Revocations(List.of(new Revocations.Subject("other", "analyst")), List.of()));
        assertThat(outcome(verifier, token)).isEqualTo("valid");
    }

    @Test
    void whereAnIssuerStandsTwiceTheAudienceDecides() {
        Issuer usual = TestIssuer.issuer(Optional.empty(), List.of());
        Issuer other = new Issuer(
                "other",
                usual.url(),
                List.of("api://other"),
                usual.algorithms(),
                usual.claims(),
                usual.keys(),
                usual.maxStaleSeconds(),
                Optional.empty(),
                List.of());
        Map<String, Object> claims = issuer.claims();
        claims.put("aud", "api://other");
        assertThat(verify(verifier(usual, other), issuer.token(claims)))
                .isInstanceOfSatisfying(
                        Verification.Valid.class,
                        valid -> assertThat(valid.token().caller().issuer()).isEqualTo("other"));
    }
}
