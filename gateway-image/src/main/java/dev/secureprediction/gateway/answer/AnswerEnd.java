package dev.secureprediction.gateway.answer;

import dev.secureprediction.gateway.usage.TokensUsed;
import java.util.Optional;

/**
 * How the call to the model ended.
 *
 * @param kind whether there is a whole answer
 * @param usage the token counts that came last, where any came
 */
public record AnswerEnd(Kind kind, Optional<TokensUsed> usage) {

    /** Whether there is a whole answer. */
    public enum Kind {
        /** The answer went out to its end. Where nobody wanted frames, its end was not read: it may be PARTIAL. */
        COMPLETE,
        /** It went out to its end, but the model's own filters or its cap had cut it short. */
        PARTIAL,
        /** The model answered with an error, or could not be reached. */
        ERROR,
        /** A guardrail stopped it. */
        BLOCKED,
        /** It was interrupted: by the model's side, by a deadline, or because the caller left. */
        BROKEN_OFF
    }
}
