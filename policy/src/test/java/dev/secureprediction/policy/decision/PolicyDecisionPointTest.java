package dev.secureprediction.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.policy.Bundles;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyDecisionPointTest {

    private static final PolicyDecisionPoint POINT = PolicyDecisionPoint.compile(Bundles.usual());

    @Test
    void permits_a_caller_whose_group_the_role_names() {
        Caller analyst = CallerClaims.of(
                Bundles.OKTA, Map.of("sub", "analyst@example.com", "groups", List.of("ml-analysts-production")));

        assertThat(POINT.decide(analyst, Surface.VertexPredict, Action.Predict)).isInstanceOf(Decision.Permit.class);
    }

    @Test
    void denies_a_caller_without_groups() {
        Caller guest = CallerClaims.of(Bundles.OKTA, Map.of("sub", "guest@example.com"));

        assertThat(POINT.decide(guest, Surface.VertexPredict, Action.Predict))
                .isEqualTo(new Decision.Deny(DenyReason.NoRoleMatches));
    }
}
