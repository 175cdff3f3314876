package dev.secureprediction.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a grant's patterns cover, and what they must not. */
final class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "churn, churn, true",
        "churn, churn2, false",
        "churn*, churn2, true",
        "*, anything/at/all, true",
        "publishers/google/models/gemini-*, publishers/google/models/gemini-2.5-flash, true",
        "publishers/google/models/gemini-*, publishers/anthropic/models/gemini-x, false",
        "publishers/*/models/*-flash, publishers/google/models/gemini-2.5-flash, true",
        "publishers/*/models/*-flash, publishers/google/models/gemini-2.5-flash-lite, false",
        "a*b*c, aXbXbc, true",
        "a*b*c, aXcXb, false",
    })
    void aModelPatternCoversWhatItSays(String pattern, String model, boolean covered) {
        assertThat(Glob.matches(pattern, model)).isEqualTo(covered);
    }

    @Test
    void theEmptyPatternCoversNothingButTheEmptyText() {
        assertThat(Glob.matches("", "churn")).isFalse();
        assertThat(Glob.matches("", "")).isTrue();
    }

    @Test
    void aPatternFullOfStarsIsStillCheap() {
        assertThat(Glob.matches("*a".repeat(100) + "b", "a".repeat(10_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example.com, chat.example.com, true",
        "*.example.com, chat.example.com, true",
        "*.example.com, a.chat.example.com, false",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.example.com, chat.example.com.evil.net, false",
    })
    void aWildcardHostStandsForOneLabel(String pattern, String host, boolean covered) {
        assertThat(Glob.matchesHost(pattern, host)).isEqualTo(covered);
    }
}
