package dev.secureprediction.gateway.usage;

import java.util.OptionalLong;

/**
 * What an answer says about tokens.
 *
 * @param prompt of the prompt, cached ones included
 * @param candidates of the answer; Google's count leaves thoughts out
 * @param total all, the one to bill on
 */
public record TokensUsed(OptionalLong prompt, OptionalLong candidates, OptionalLong total) {

    /**
     * What is known after a later frame: its counts replace earlier ones. Anthropic says the prompt's in the first event and
     * the answer's in the last; their sum is the total where nobody says one.
     */
    public TokensUsed then(TokensUsed later) {
        OptionalLong allPrompt = later.prompt.isPresent() ? later.prompt : prompt;
        OptionalLong allCandidates = later.candidates.isPresent() ? later.candidates : candidates;
        if (later.total.isPresent()) {
            return new TokensUsed(allPrompt, allCandidates, later.total);
        }
        boolean sum = allPrompt.isPresent() && allCandidates.isPresent();
        return new TokensUsed(
                allPrompt,
                allCandidates,
                sum ? OptionalLong.of(allPrompt.getAsLong() + allCandidates.getAsLong()) : total);
    }
}
