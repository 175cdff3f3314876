package dev.secureprediction.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.KeySource;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.Revocations;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Timeouts;
import dev.secureprediction.policy.model.Upstream;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** `spe why` names the first thing in the way and what to do; for a caller the rule, and claims by name alone. */
final class VerdictsTest {

    private static final String NOW = "2026-11-22T12:00:00Z";

    @Test
    void theFirstConditionThatFailsIsNamedWithEvidenceAndRemedy() {
        SecurePredictionEndpoint endpoint = endpoint(List.of(
                condition("Ready", "False", "ExcessPermission", "see below"),
                condition("Accepted", "True", "Valid", "fine"),
                condition("IdentityReady", "False", "ExcessPermission", "roles/owner on projects/p"),
                condition("GatewayReady", "False", "GatewayStarting", "later")));

        assertThat(Verdicts.explain(endpoint))
                .anyMatch(line -> line.startsWith("IdentityReady is False: ExcessPermission"))
                .anyMatch(line -> line.contains("roles/owner on projects/p"))
                .anyMatch(line -> line.contains("takes it away"))
                .noneMatch(line -> line.contains("GatewayStarting"));
    }

    @Test
    void whatWasNeverLookedAtIsSaid() {
        assertThat(Verdicts.explain(endpoint(List.of())))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("Is it running?"));
    }

    @Test
    void aCallerIsToldTheRoleAndNoValueOfAnyClaim() {
        CallerVerdict verdict = of(token("https://a.example/oauth2", "api://x", "ml-analysts"));

        assertThat(verdict.answered()).isTrue();
        assertThat(verdict.lines())
                .anyMatch(line -> line.startsWith("VertexPredict Predict: role 'analyst' answers"))
                .anyMatch(line -> line.startsWith("VertexPredict Stream: refused"))
                .anyMatch(line -> line.contains("aud, exp, groups, iat, iss, sub"))
                .noneMatch(line -> line.contains("somebody@example.com"));
    }

    @Test
    void aTokenOfAStrangerOrForAnotherPlaceIsSaidToBeRefused() {
        assertThat(of(token("https://b.example", "api://x", "ml-analysts")).lines())
                .anyMatch(line -> line.contains("does not trust its iss"));
        assertThat(of(token("https://a.example/oauth2", "api://y", "ml-analysts"))
                        .lines())
                .anyMatch(line -> line.contains("none of its aud"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "exp":1                                   | TOKEN_EXPIRED
            "exp":1795348900,"iat":1795348800         | TOKEN_NOT_YET_VALID
            "exp":1795348900                          | TOKEN_LIFETIME_EXCEEDED
            "exp":1795348900,"iat":1795000000         | TOKEN_LIFETIME_EXCEEDED
            "exp":1795348900,"iat":1795348000,"jti":"stolen" | TOKEN_REVOKED
            "jti":"x"                                 | it has no exp
            """)
    void aTokenThatNoRuleIsAskedAboutIsSaidToBeRefusedByTheGatewaysCode(String claims, String code) {
        CallerVerdict verdict = of(token("https://a.example/oauth2", "api://x", "ml-analysts", claims));

        assertThat(verdict.answered()).isFalse();
        assertThat(verdict.lines().getLast()).startsWith("It would be refused").contains(code);
        assertThat(verdict.lines()).noneMatch(line -> line.contains("1795") || line.contains("stolen"));
    }

    @Test
    void anOperatorThatIsAwayIsSaid() {
        var renewed = ZonedDateTime.parse(NOW);
        var lease = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("system")
                .endMetadata()
                .withNewSpec()
                .withRenewTime(renewed)
                .endSpec()
                .build();

        assertThat(OperatorPulse.words(lease, renewed.toInstant().plusSeconds(20)))
                .isEmpty();
        assertThat(OperatorPulse.words(lease, renewed.toInstant().plusSeconds(120)))
                .hasValueSatisfying(line -> assertThat(line).contains("away, since " + NOW, "-n system"));
    }

    private static CallerVerdict of(String token) {
        var revoked = new Revocations(List.of(), List.of(new Revocations.TokenId("a", "stolen")));
        return CallerVerdict.of(policy(), revoked, token, Instant.ofEpochSecond(1_795_348_500));
    }

    private static SecurePredictionEndpoint endpoint(List<Condition> conditions) {
        SecurePredictionEndpoint endpoint = new SecurePredictionEndpoint();
        endpoint.setMetadata(new ObjectMetaBuilder()
                .withName("chat")
                .withNamespace("team")
                .withGeneration(1L)
                .build());
        endpoint.setStatus(new ObjectMapper()
                .convertValue(Map.of("observedGeneration", 1, "conditions", conditions), EndpointStatus.class));
        return endpoint;
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new Condition(type, status, 1L, NOW, reason, message);
    }

    private static byte[] policy() {
        return PolicyCodec.write(PolicyBundle.plain(
                new EndpointIdentity("qa", "team", "chat"),
                "v1:" + "0".repeat(64),
                List.of(Surface.VertexPredict),
                List.of(new Issuer(
                        "a",
                        "https://a.example/oauth2",
                        List.of("api://x"),
                        List.of("RS256"),
                        new ClaimNames("sub", "groups", "scp", "org"),
                        new KeySource.Carried(),
                        60,
                        Optional.of(3600L),
                        List.of())),
                Map.of("analysts", "ml-analysts"),
                List.of(Role.plain(
                        "analyst", List.of("a"), "bindings.analysts in claims.groups", List.of(Action.Predict))),
                new RequestRules(1_000, Optional.empty()),
                new Timeouts(1, 1, 1, 1),
                new Upstream(
                        "host.example",
                        "acme-ml-qa",
                        "100000000002",
                        "europe-west4",
                        new Model.Endpoint("churn"),
                        new Credential.Metadata())));
    }

    private static String token(String issuer, String audience, String group) {
        return token(issuer, audience, group, "\"exp\":1795348900,\"iat\":1795348000");
    }

    private static String token(String issuer, String audience, String group, String more) {
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"somebody@example.com\",\"groups\":[\"%s\"],%s}"
                .formatted(issuer, audience, group, more);
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
