package dev.secureprediction.policy.pattern;

import java.util.OptionalInt;

/**
 * How many code points the longest match of a pattern in RE2 syntax can have. A stream must be held back so far, and no
 * further, to be sure that nothing of a match goes out.
 */
public final class LongestMatch {
    private static final long UNBOUNDED = Long.MAX_VALUE;
    private static final long CEILING = 1L << 40;
    private static final String ZERO_WIDTH_ESCAPES = "AbBzZ";

    private final String pattern;
    private int at;

    private LongestMatch(String pattern) {
        this.pattern = pattern;
    }

    /**
     * The number for a pattern that compiles; empty: there is no longest match. Where in doubt it is too large, never too
     * small.
     */
    public static OptionalInt of(String pattern) {
        LongestMatch reading = new LongestMatch(pattern);
        long longest = 0;
        while (reading.at < pattern.length()) {
            longest = plus(longest, reading.alternatives());
            reading.at++; // a closing bracket that closes nothing; such a pattern does not compile
        }
        return longest >= CEILING ? OptionalInt.empty() : OptionalInt.of((int) Math.min(longest, Integer.MAX_VALUE));
    }

    /** Up to the end or the bracket that closes this group, which stays current. */
    private long alternatives() {
        long most = 0;
        long sequence = 0;
        while (at < pattern.length() && pattern.charAt(at) != ')') {
            if (pattern.charAt(at) == '|') {
                most = Math.max(most, sequence);
                sequence = 0;
                at++;
            } else {
                sequence = plus(sequence, repeated(atom()));
            }
        }
        return Math.max(most, sequence);
    }

    private long atom() {
        char next = pattern.charAt(at);
        return switch (next) {
            case '(' -> group();
            case '[' -> {
                at = endOfClass();
                yield 1;
            }
            case '\\' -> escape();
            case '^', '$' -> {
                at++;
                yield 0;
            }
            default -> {
                at += Character.charCount(pattern.codePointAt(at));
                yield 1;
            }
        };
    }

    /** `(…)`, `(?:…)`, `(?i:…)`, `(?P<name>…)`, `(?<name>…)`, `(?i)`. */
    private long group() {
        at++;
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            while (at < pattern.length() && ":>)".indexOf(pattern.charAt(at)) < 0) {
                at++;
            }
            if (at < pattern.length() && pattern.charAt(at) == ')') {
                at++;
                return 0;
            }
            at++;
        }
        long inner = alternatives();
        at++;
        return inner;
    }

    private long escape() {
        at++;
        if (at >= pattern.length()) {
            return 1;
        }
        char kind = pattern.charAt(at++);
        if (kind == 'Q') {
            int end = pattern.indexOf("\\E", at);
            int stop = end < 0 ? pattern.length() : end;
            long quoted = pattern.codePointCount(at, stop);
            at = end < 0 ? stop : end + 2;
            return quoted;
        }
        if (kind == 'E') {
            return 0;
        }
        boolean braces = (kind == 'p' || kind == 'P' || kind == 'x') && at < pattern.length();
        if (braces && pattern.charAt(at) == '{') {
            int end = pattern.indexOf('}', at);
            at = end < 0 ? pattern.length() : end + 1;
        } else if (kind == 'p' || kind == 'P') {
            at++;
        } else if (kind == 'x') {
            at += 2;
        } else if (kind >= '0' && kind <= '7') {
            while (at < pattern.length() && pattern.charAt(at) >= '0' && pattern.charAt(at) <= '7') {
                at++;
            }
        }
        return ZERO_WIDTH_ESCAPES.indexOf(kind) >= 0 ? 0 : 1;
    }

    private long repeated(long once) {
        long all = once;
        while (at < pattern.length()) {
            char next = pattern.charAt(at);
            if (next == '*' || next == '+') {
                all = all == 0 ? 0 : UNBOUNDED;
                at++;
            } else if (next == '?') {
                at++;
            } else if (next == '{' && isCounted()) {
                all = times(all, counted());
            } else {
                return all;
            }
        }
        return all;
    }

    private boolean isCounted() {
        int close = pattern.indexOf('}', at);
        return close > 0 && pattern.substring(at + 1, close).matches("[0-9]{1,6}(,[0-9]{0,6})?");
    }

    private long counted() {
        int close = pattern.indexOf('}', at);
        String[] bounds = pattern.substring(at + 1, close).split(",", -1);
        at = close + 1;
        String most = bounds[bounds.length - 1];
        return most.isEmpty() ? UNBOUNDED : Long.parseLong(most);
    }

    private int endOfClass() {
        int i = at + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        boolean first = true;
        while (i < pattern.length() && (first || pattern.charAt(i) != ']')) {
            first = false;
            if (pattern.startsWith("[:", i) && pattern.indexOf(":]", i + 2) > 0) {
                i = pattern.indexOf(":]", i + 2) + 2;
            } else {
                i += pattern.charAt(i) == '\\' ? 2 : 1;
            }
        }
        return Math.min(pattern.length(), i + 1);
    }

    private static long plus(long one, long other) {
        return one >= CEILING || other >= CEILING ? UNBOUNDED : one + other;
    }

    private static long times(long size, long count) {
        if (size == 0 || count == 0) {
            return 0;
        }
        return size >= CEILING || count >= CEILING || size * count >= CEILING ? UNBOUNDED : size * count;
    }
}
