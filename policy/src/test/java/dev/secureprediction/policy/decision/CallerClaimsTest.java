package dev.secureprediction.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.secureprediction.policy.Bundles;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Issuer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CallerClaimsTest {

    @Test
    void claims_appear_under_our_names_and_under_theirs() {
        Caller caller = CallerClaims.of(
                Bundles.OKTA,
                Map.of("sub", "a@example.com", "groups", List.of("g1", "g2"), "scp", List.of("s1"), "org", "acme"));

        assertThat(caller.issuer()).isEqualTo("okta");
        assertThat(caller.subject()).isEqualTo("a@example.com");
        assertThat(caller.claims())
                .contains(
                        entry("subject", "a@example.com"),
                        entry("sub", "a@example.com"),
                        entry("groups", List.of("g1", "g2")),
                        entry("scopes", List.of("s1")),
                        entry("tenant", "acme"));
    }

    @Test
    void scopes_may_be_words_in_one_string() {
        assertThat(CallerClaims.of(Bundles.OKTA, Map.of("scp", " predict  stream "))
                        .claims())
                .containsEntry("scopes", List.of("predict", "stream"));
    }

    @Test
    void one_group_may_stand_alone_and_is_not_split() {
        assertThat(CallerClaims.of(Bundles.OKTA, Map.of("groups", "ml analysts"))
                        .claims())
                .containsEntry("groups", List.of("ml analysts"));
    }

    @Test
    void a_raw_claim_cannot_stand_in_for_one_of_ours() {
        Issuer issuer = withClaims(new ClaimNames("oid", "roles", "scope", "tid"));

        Caller caller = CallerClaims.of(
                issuer,
                Map.of(
                        "groups", List.of("admins"),
                        "scopes", List.of("all"),
                        "tenant", "victim",
                        "subject", "root",
                        "scp", List.of("all")));

        assertThat(caller.subject()).isEmpty();
        assertThat(caller.claims()).doesNotContainKeys("groups", "scopes", "tenant", "subject");
    }

    @Test
    void what_has_another_type_is_absent() {
        Caller caller = CallerClaims.of(
                Bundles.OKTA, Map.of("sub", 7, "groups", Map.of("admins", true), "scp", 1, "org", List.of("acme")));

        assertThat(caller.subject()).isEmpty();
        assertThat(caller.claims()).doesNotContainKeys("subject", "groups", "scopes", "tenant");
    }

    @Test
    void only_texts_are_groups() {
        assertThat(CallerClaims.of(Bundles.OKTA, Map.of("groups", Arrays.asList("g1", 2, null, List.of("g3"))))
                        .claims())
                .containsEntry("groups", List.of("g1"));
    }

    @Test
    void values_become_what_expressions_know() {
        Map<String, Object> raw = new HashMap<>();
        raw.put("int", 1);
        raw.put("big", BigInteger.TEN.pow(30));
        raw.put("decimal", new BigDecimal("1.5"));
        raw.put("none", null);
        raw.put("object", Map.of("level", 3));
        raw.put("strange", new Object());

        assertThat(CallerClaims.of(Bundles.OKTA, raw).claims())
                .contains(
                        entry("int", 1L),
                        entry("big", 1e30),
                        entry("decimal", 1.5),
                        entry("object", Map.of("level", 3L)))
                .doesNotContainKeys("none", "strange");
    }

    @Test
    void what_nests_without_end_is_cut() {
        Object deep = "bottom";
        for (int i = 0; i < 10_000; i++) {
            deep = List.of(deep);
        }

        assertThat(CallerClaims.of(Bundles.OKTA, Map.of("deep", deep)).claims().toString())
                .doesNotContain("bottom");
    }

    private static Issuer withClaims(ClaimNames claims) {
        Issuer okta = Bundles.OKTA;
        return new Issuer(
                okta.name(),
                okta.url(),
                okta.audiences(),
                okta.algorithms(),
                claims,
                okta.keys(),
                okta.maxStaleSeconds(),
                okta.maxTokenLifetimeSeconds(),
                okta.tokenTypes());
    }
}
