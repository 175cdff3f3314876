package dev.secureprediction.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a stream must be held back for a pattern is known before it begins. */
final class LongestMatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "secret 6",
                "(?i)secret 6",
                "a|bcd|ef 3",
                "(a|bcd){2,4} 12",
                "(?:ab)?c 3",
                "^a$ 1",
                "\\bword\\b 4",
                "[a-z]{3} 3",
                "[]a]{2} 2",
                "[^]a]b 2",
                "[[:alpha:]]{5} 5",
                "[\\]x]{2} 2",
                "\\d{4}-\\d{4} 9",
                "\\pL{3}\\p{Greek}{2} 5",
                "\\x{1F600}\\x41 2",
                "\\Qa.b*\\E{2} 8",
                "(?P<name>abc)d 4",
                "(?<name>abc)d 4",
                "(?i:abc)d 4",
                "a{0} 0",
                "a{,3} 5",
                "x.{0,40}y 42",
                "(a{10}){10} 100",
                "a??b 2",
                "\uD83D\uDE00{3} 3",
            })
    void theLongestMatchOfABoundedPatternIsCounted(String pattern, int longest) {
        assertThat(LongestMatch.of(pattern)).hasValue(longest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a*", "a+b", "(ab)+", ".*", "a{2,}", "(a{1000}){1000}{1000}{1000}{1000}", "(?:x|y+)z", "[a]*?"})
    void aPatternWithoutABoundHasNone(String pattern) {
        assertThat(LongestMatch.of(pattern)).isEmpty();
    }
}
