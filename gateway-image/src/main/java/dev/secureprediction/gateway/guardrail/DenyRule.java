package dev.secureprediction.gateway.guardrail;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.pattern.LongestMatch;
import java.util.List;

/** Patterns that no text, normalised, may match. */
final class DenyRule implements LocalRule {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final List<Pattern> patterns;
    private final int longest;

    private DenyRule(List<Pattern> patterns, int longest) {
        this.patterns = patterns;
        this.longest = longest;
    }

    static DenyRule of(Guardrail.DenyPatterns deny) {
        return new DenyRule(
                deny.patterns().stream().map(Pattern::compile).toList(),
                deny.patterns().stream()
                        .mapToInt(pattern -> LongestMatch.of(pattern).orElse(UNBOUNDED))
                        .max()
                        .orElse(0));
    }

    @Override
    public boolean masks() {
        return false;
    }

    @Override
    public int longest() {
        return longest;
    }

    /** At most one finding, which covers the whole text: after normalising, places are not those of the text. */
    @Override
    public List<Finding> find(String text, boolean begun, boolean more) {
        for (String form : NormalText.forms(text)) {
            for (Pattern pattern : patterns) {
                if (matches(pattern, form, begun, more)) {
                    return List.of(new Finding(0, text.length(), ""));
                }
            }
        }
        return List.of();
    }

    private static boolean matches(Pattern pattern, String form, boolean begun, boolean more) {
        Matcher matcher = pattern.matcher(form);
        // behind the first char, so that ^ and \b see that something stands before
        int from = begun && !form.isEmpty() ? Character.charCount(form.codePointAt(0)) : 0;
        while (from <= form.length() && matcher.find(from)) {
            if (!more || matcher.end() < form.length()) {
                return true;
            }
            from = matcher.start() + 1;
        }
        return false;
    }
}
