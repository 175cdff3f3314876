package dev.secureprediction.gateway.attack;

import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.sandbox.issuer.TokenBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Types and scopes where the policy is stricter than usual. */
final class ScopeAndTypePolicyIT {
    private static Attacked gateway;

    @BeforeAll
    static void start() {
        gateway = Attacked.start((issuer, model) -> policy(issuer, model, "scp", List.of("at+jwt")));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void calm() {
        gateway.calm();
    }

    private static Policies policy(String issuerUrl, String model, String scopes, List<String> types) {
        Issuer usual = Policies.issuer(issuerUrl);
        Issuer strict = new Issuer(
                usual.name(),
                usual.url(),
                usual.audiences(),
                usual.algorithms(),
                new ClaimNames("sub", "groups", scopes, "org"),
                usual.keys(),
                usual.maxStaleSeconds(),
                usual.maxTokenLifetimeSeconds(),
                types);
        return Policies.churn(issuerUrl, model)
                .issuers(strict)
                .roles(Role.plain("scoped", List.of("okta"), "'prediction' in claims.scopes", List.of(Action.Predict)));
    }

    private static TokenBuilder token() {
        return Tokens.analyst(gateway.world().issuer())
                .type("at+jwt")
                .withoutClaim("scp")
                .withoutClaim("scope");
    }

    @Test
    @DisplayName("A19 only the type that the policy names is taken")
    void a19_only_the_named_type() {
        gateway.assertServed(
                gateway.sendWith(token().claim("scp", List.of("prediction")).build()));
        gateway.calm();
        gateway.assertServed(gateway.sendWith(token().claim("scp", List.of("prediction"))
                .type("application/at+jwt")
                .build()));
        gateway.calm();
        for (String type : List.of("JWT", "jwt", "id+jwt", "application/jwt")) {
            gateway.assertTokenRefused(
                    gateway.sendWith(token().claim("scp", List.of("prediction"))
                            .type(type)
                            .build()),
                    "TYPE_REFUSED");
        }
        gateway.assertTokenRefused(
                gateway.sendWith(token().claim("scp", List.of("prediction"))
                        .withoutHeader("typ")
                        .build()),
                "TYPE_REFUSED");
    }

    @Test
    @DisplayName("A30 scopes as an array, or as words in one string")
    void a30_scopes_as_array_or_words() {
        gateway.assertServed(gateway.sendWith(
                token().claim("scp", List.of("other", "prediction")).build()));
        gateway.calm();
        gateway.assertServed(
                gateway.sendWith(token().claim("scp", "openid prediction").build()));
    }

    @Test
    @DisplayName("A30 the scope in another claim, or part of another scope")
    void a30_scope_elsewhere() {
        for (String scope : List.of("xprediction", "prediction.read", "prediction,other", "Prediction", "")) {
            gateway.assertRefused(gateway.sendWith(token().claim("scp", scope).build()), 403, "NoRoleMatches");
            gateway.assertRefused(
                    gateway.sendWith(token().claim("scp", List.of(scope)).build()), 403, "NoRoleMatches");
        }
        // one array element is one scope, however many words it has
        gateway.assertRefused(
                gateway.sendWith(
                        token().claim("scp", List.of("openid prediction")).build()),
                403,
                "NoRoleMatches");
        // this issuer's scopes are in `scp`
        gateway.assertRefused(
                gateway.sendWith(token().claim("scope", "prediction").build()), 403, "NoRoleMatches");
        gateway.assertRefused(
                gateway.sendWith(token().claim("scopes", List.of("prediction")).build()), 403, "NoRoleMatches");
    }

    @Test
    @DisplayName("A30 an issuer whose scopes are in `scope`")
    void a30_scope_claim_by_policy() {
        gateway.world().reload((issuer, model) -> policy(issuer, model, "scope", List.of("at+jwt")));

        gateway.assertServed(
                gateway.sendWith(token().claim("scope", "openid prediction").build()));
        gateway.calm();
        gateway.assertRefused(
                gateway.sendWith(token().claim("scp", List.of("prediction")).build()), 403, "NoRoleMatches");

        gateway.world().reload((issuer, model) -> policy(issuer, model, "scp", List.of("at+jwt")));
    }
}
