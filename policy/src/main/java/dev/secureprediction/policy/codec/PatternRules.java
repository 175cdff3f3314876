package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.pattern.DenyPattern;
import dev.secureprediction.policy.pattern.SensitiveKind;
import java.util.List;
import java.util.Optional;

/** What deny patterns and kinds of sensitive data must be, so that a gateway can look for them in time and in streams. */
final class PatternRules {
    private static final int MAX_PATTERN = 1024;

    private PatternRules() {}

    static void check(String pointer, Guardrail.DenyPatterns deny, List<GuardrailStage> stages) {
        Check.size(pointer + "/patterns", deny.patterns(), 1, 64);
        for (int i = 0; i < deny.patterns().size(); i++) {
            String pattern = deny.patterns().get(i);
            Check.text(pointer + "/patterns/" + i, pattern, MAX_PATTERN);
            Optional<String> problem = DenyPattern.problem(pattern, stages.contains(GuardrailStage.Response));
            Check.that(problem.isEmpty(), pointer + "/patterns/" + i, problem.orElse(""));
        }
    }

    static void checkKinds(String pointer, List<String> kinds, int least) {
        Check.size(pointer, kinds, least, 64);
        for (int i = 0; i < kinds.size(); i++) {
            Check.that(
                    SensitiveKind.of(kinds.get(i)).isPresent(),
                    pointer + "/" + i,
                    "is no kind that can be found; use one of " + String.join(", ", SensitiveKind.names()));
        }
    }
}
