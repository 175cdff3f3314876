package dev.secureprediction.policy.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Patterns in RE2 syntax, matched in time linear in the text whatever the pattern (no back-references, no look-around). */
final class BoundedPattern {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_PROGRAM = 10_000;

    private BoundedPattern() {}

    static Pattern compile(String pattern, String pointer) {
        SchemaShape.require(
                pattern.length() <= MAX_LENGTH && RepeatCount.of(pattern) <= MAX_PROGRAM,
                pointer,
                "is a pattern that is too long or repeats too much; shorten it");
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidSchemaException(
                    pointer,
                    "is no pattern in RE2 syntax (" + e.getDescription()
                            + "); it has no look-around and no back-references");
        }
    }
}
