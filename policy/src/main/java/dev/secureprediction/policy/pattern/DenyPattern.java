package dev.secureprediction.policy.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.secureprediction.policy.schema.RepeatCount;
import java.util.Optional;
import java.util.OptionalInt;

/** What a pattern that no text may match must be. */
public final class DenyPattern {
    /** Longest match of a pattern that answers are checked by, in code points: so much is held back of a stream. */
    public static final int MAX_MATCH = 256;

    private static final int MAX_PROGRAM = 10_000;

    private DenyPattern() {}

    /**
     * What is wrong with a pattern, and what to do; empty when nothing is.
     *
     * @param streamed whether answers are checked by it, which may be streams
     */
    public static Optional<String> problem(String pattern, boolean streamed) {
        if (RepeatCount.of(pattern) > MAX_PROGRAM) {
            return Optional.of("repeats too much; shorten it or split it in two");
        }
        try {
            if (Pattern.compile(pattern).matcher("").find()) {
                return Optional.of("matches the empty text, so that nothing would pass; correct it");
            }
        } catch (PatternSyntaxException e) {
            return Optional.of("is no pattern in RE2 syntax (" + e.getDescription()
                    + "); it has no look-around and no back-references; correct it");
        }
        OptionalInt longest = LongestMatch.of(pattern);
        return streamed && longest.orElse(Integer.MAX_VALUE) > MAX_MATCH
                ? Optional.of(
                        "can match more than " + MAX_MATCH + " characters, so that a stream could not be held back"
                                + " for it; bound its repeats, as .{0,40} for .*, or use it in stage Request only")
                : Optional.empty();
    }
}
