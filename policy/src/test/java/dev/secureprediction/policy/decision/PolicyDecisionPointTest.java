package dev.secureprediction.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.secureprediction.policy.Bundles;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyDecisionPointTest {

    private static final Role ANALYST = role("analyst", "bindings.analysts in claims.groups", Action.Predict);
    private static final Role SCIENTIST =
            role("scientist", "bindings.scientists in claims.groups", Action.Predict, Action.Stream);
    private static final PolicyDecisionPoint POINT = PolicyDecisionPoint.compile(Bundles.withRoles(ANALYST, SCIENTIST));

    private static final Caller ANALYST_CALLER = caller("okta", "ml-analysts-production");
    private static final Caller BOTH = caller("okta", "ml-scientists-production", "ml-analysts-production");

    @Test
    void a_caller_whose_group_a_role_names_is_permitted() {
        assertThat(POINT.decide(ANALYST_CALLER, Surface.VertexPredict, Action.Predict))
                .isEqualTo(new Decision.Permit(ANALYST));
    }

    @Test
    void the_first_role_that_matches_applies() {
        assertThat(POINT.decide(BOTH, Surface.VertexPredict, Action.Predict)).isEqualTo(new Decision.Permit(ANALYST));
    }

    @Test
    void a_role_that_does_not_allow_the_action_is_passed_over() {
        assertThat(POINT.decide(BOTH, Surface.VertexPredict, Action.Stream)).isEqualTo(new Decision.Permit(SCIENTIST));
    }

    @Test
    void an_action_that_no_matching_role_allows_is_denied() {
        assertThat(POINT.decide(ANALYST_CALLER, Surface.VertexPredict, Action.Stream))
                .isEqualTo(new Decision.Deny(DenyReason.ActionNotAllowed));
        assertThat(POINT.decide(ANALYST_CALLER, Surface.VertexPredict, Action.Describe))
                .isEqualTo(new Decision.Deny(DenyReason.ActionNotAllowed));
    }

    @Test
    void a_caller_in_no_named_group_is_denied() {
        assertThat(POINT.decide(caller("okta", "staff"), Surface.VertexPredict, Action.Predict))
                .isEqualTo(new Decision.Deny(DenyReason.NoRoleMatches));
        assertThat(POINT.decide(new Caller("okta", "guest", Map.of()), Surface.VertexPredict, Action.Predict))
                .isEqualTo(new Decision.Deny(DenyReason.NoRoleMatches));
    }

    @Test
    void the_same_claims_of_another_issuer_say_nothing() {
        assertThat(POINT.decide(caller("entra", "ml-analysts-production"), Surface.VertexPredict, Action.Predict))
                .isEqualTo(new Decision.Deny(DenyReason.IssuerWithoutRole));
    }

    @Test
    void a_surface_that_is_not_served_is_denied() {
        assertThat(POINT.decide(ANALYST_CALLER, Surface.OpenAIChat, Action.Predict))
                .isEqualTo(new Decision.Deny(DenyReason.SurfaceNotServed));
    }

    @Test
    void expressions_see_surface_and_action() {
        PolicyDecisionPoint point = PolicyDecisionPoint.compile(Bundles.withRoles(
                role("gemini", "request.surface == 'GeminiGenerate' && request.action == 'Predict'", Action.Predict)));

        assertThat(point.decide(ANALYST_CALLER, Surface.GeminiGenerate, Action.Predict))
                .isInstanceOf(Decision.Permit.class);
        assertThat(point.decide(ANALYST_CALLER, Surface.VertexPredict, Action.Predict))
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void a_role_whose_expression_fails_is_passed_over() {
        PolicyDecisionPoint point = PolicyDecisionPoint.compile(
                Bundles.withRoles(role("broken", "claims.groups[99] == 'x'", Action.Predict), ANALYST));

        assertThat(point.decide(ANALYST_CALLER, Surface.VertexPredict, Action.Predict))
                .isEqualTo(new Decision.Permit(ANALYST));
    }

    @Test
    void an_expression_that_does_not_compile_is_named() {
        InvalidPolicyException e = catchThrowableOfType(
                InvalidPolicyException.class,
                () -> PolicyDecisionPoint.compile(
                        Bundles.withRoles(ANALYST, role("typo", "binding.analysts in claims.groups", Action.Predict))));

        assertThat(e.pointer()).isEqualTo("/roles/1/when");
        assertThat(e).hasMessageContaining("line 1, column 1");
    }

    private static Role role(String name, String when, Action... actions) {
        return Role.plain(name, List.of("okta"), when, List.of(actions));
    }

    private static Caller caller(String issuer, String... groups) {
        return new Caller(issuer, "someone", Map.of("groups", List.of(groups)));
    }
}
