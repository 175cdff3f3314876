package dev.secureprediction.gateway.surface;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a request wants its answer made.
 *
 * @param maxOutputTokens its cap per candidate; absent: none given
 * @param candidates how many answers; at least 1
 * @param temperature absent: not given
 * @param cachedContent pointer to a use of the model's own cache, where there is one
 * @param safetySettings pointer to settings that change the model's own safety filters, where there are any
 * @param stream what the body itself says of streaming, on surfaces where it does
 * @param logprobs pointer to a wish for the answer's tokens one by one, which say its text once more, where there is one
 */
public record Generation(
        OptionalLong maxOutputTokens,
        long candidates,
        OptionalDouble temperature,
        Optional<String> cachedContent,
        Optional<String> safetySettings,
        Optional<Boolean> stream,
        Optional<String> logprobs) {

    /** Nothing asked for. */
    public static final Generation PLAIN = new Generation(
            OptionalLong.empty(),
            1,
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
