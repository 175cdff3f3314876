package dev.secureprediction.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A pattern that could not be enforced is refused with what to do about it. */
final class DenyPatternTest {

    @Test
    void aPatternWithoutALongestMatchIsForRequestsOnly() {
        assertThat(DenyPattern.problem("ignore.*instructions", false)).isEmpty();
        assertThat(DenyPattern.problem("ignore.*instructions", true))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("256").contains("stage Request only"));
        assertThat(DenyPattern.problem("ignore.{0,200}instructions", true)).isEmpty();
        assertThat(DenyPattern.problem("ignore.{0,240}instructions", true)).isPresent();
    }

    @Test
    void whatIsNoPatternOrMatchesEverythingOrIsTooLargeIsRefused() {
        assertThat(DenyPattern.problem("a(?=b)", false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("RE2"));
        assertThat(DenyPattern.problem("(a)\\1", false)).isPresent();
        assertThat(DenyPattern.problem("x*", false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("empty text"));
        assertThat(DenyPattern.problem("((a{100}){100}){100}", false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("repeats too much"));
    }
}
