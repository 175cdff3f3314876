package dev.secureprediction.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoleExpressionTest {

    private static final Map<String, Object> CLAIMS = Map.of(
            "subject",
            "analyst@example.com",
            "groups",
            List.of("ml-analysts", "staff"),
            "level",
            3L,
            "ratio",
            0.5,
            "verified",
            true,
            "org",
            Map.of("id", "acme"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "bindings.analysts in claims.groups",
                "claims.groups.exists(g, g == bindings.analysts)",
                "claims.subject.endsWith('@example.com')",
                "claims.subject.matches('^[a-z]+@example[.]com$')",
                "claims.level >= 3 && claims.level < 3.5",
                "claims.verified",
                "claims.org.id == 'acme'",
                "has(claims.groups) && !has(claims.tenant)",
                "'tenant' in claims ? claims.tenant == 'x' : true",
                "request.surface == 'VertexPredict' && request.action == 'Predict'",
                "claims.missing == 'x' || claims.verified"
            })
    void is_true(String source) {
        assertThat(matches(source)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "claims.missing == 'x'",
                "claims.missing != 'x'",
                "!(claims.missing == 'x')",
                "claims.groups == 'ml-analysts'",
                "bindings.missing in claims.groups",
                "claims.level",
                "claims.groups",
                "claims.level / 0 == 1",
                "claims.level < 'a'",
                "claims.subject.matches('(')",
                "claims.org.id.missing",
                "dyn(claims.ratio) == 'x'"
            })
    void is_no_match_when_false_or_in_error(String source) {
        assertThat(matches(source)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "claims.groups.exists(",
                "claim.groups",
                "request.path == '/'",
                "request.action == 1",
                "bindings.analysts",
                "1 + 1",
                "'true'",
                "claims.groups.size()",
                "unknown(claims)",
                "bindings.analysts in claims.groups; true"
            })
    void does_not_compile(String source) {
        assertThatThrownBy(() -> RoleExpression.compile(source))
                .isInstanceOf(InvalidExpressionException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void says_where_the_fault_is() {
        InvalidExpressionException e = catchThrowableOfType(
                InvalidExpressionException.class, () -> RoleExpression.compile("true &&\n  claim.groups"));

        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isEqualTo(3);
        assertThat(e).hasMessageContaining("claim");
    }

    @Test
    @Timeout(60)
    void is_bounded_in_size() {
        assertThatThrownBy(() -> RoleExpression.compile("true" + " || true".repeat(1_000)))
                .isInstanceOf(InvalidExpressionException.class);
        assertThatThrownBy(() -> RoleExpression.compile("(".repeat(1_000) + "true" + ")".repeat(1_000)))
                .isInstanceOf(InvalidExpressionException.class);
        assertThatThrownBy(() -> RoleExpression.compile("[".repeat(200) + "]".repeat(200) + " == []"))
                .isInstanceOf(InvalidExpressionException.class);
    }

    @Test
    @Timeout(60)
    void is_bounded_in_cost() {
        RoleExpression nested = RoleExpression.compile(
                "claims.list.all(a, claims.list.all(b, claims.list.all(c, claims.list.all(d, a == b || true))))");

        assertThat(nested.matches(name -> Optional.of(Map.of("list", Collections.nCopies(1_000, "x")))))
                .isFalse();
    }

    @Test
    @Timeout(60)
    void patterns_take_linear_time() {
        RoleExpression hostile = RoleExpression.compile("claims.text.matches('^(a+)+$')");

        assertThat(hostile.matches(name -> Optional.of(Map.of("text", "a".repeat(50_000) + "!"))))
                .isFalse();
    }

    @Test
    void large_patterns_do_not_compile_or_do_not_match() {
        assertThatCode(() -> matches("claims.subject.matches('((a{100}){100}){100}')"))
                .doesNotThrowAnyException();
        assertThat(matches("claims.subject.matches('((a{100}){100}){100}')")).isFalse();
    }

    private static boolean matches(String source) {
        return RoleExpression.compile(source).matches(name -> switch (name) {
            case "claims" -> Optional.of(CLAIMS);
            case "bindings" -> Optional.of(Map.of("analysts", "ml-analysts"));
            case "request.surface" -> Optional.of("VertexPredict");
            case "request.action" -> Optional.of("Predict");
            default -> Optional.empty();
        });
    }
}
