package dev.secureprediction.sandbox.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Expr;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ONLY_A_AND_B =
            "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/a', \"roles/b\"])";

    @Test
    void a_change_may_touch_the_listed_roles_alone() {
        assertThat(holds(ONLY_A_AND_B, Set.of("roles/a"))).isTrue();
        assertThat(holds(ONLY_A_AND_B, Set.of("roles/a", "roles/b"))).isTrue();
        assertThat(holds(ONLY_A_AND_B, Set.of("roles/a", "roles/owner"))).isFalse();
        assertThat(holds(ONLY_A_AND_B, Set.of())).isTrue();
    }

    @Test
    void an_empty_list_allows_no_change() {
        String none = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([])";

        assertThat(holds(none, Set.of("roles/a"))).isFalse();
    }

    @Test
    void a_grant_may_end_in_time() {
        assertThat(holds("request.time < timestamp('2026-11-22T12:00:01Z')", Set.of()))
                .isTrue();
        assertThat(holds("request.time < timestamp('2026-11-22T12:00:00Z')", Set.of()))
                .isFalse();
    }

    @Test
    void what_is_not_understood_grants_nothing() {
        assertThat(holds("resource.name.startsWith('projects/acme')", Set.of())).isFalse();
        assertThat(holds(ONLY_A_AND_B + " || true", Set.of())).isFalse();
        assertThat(holds("", Set.of())).isFalse();
    }

    private static boolean holds(String expression, Set<String> modifiedRoles) {
        return Conditions.hold(Expr.newBuilder().setExpression(expression).build(), NOON, modifiedRoles);
    }
}
