package dev.secureprediction.gateway.surface.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.usage.TokensUsed;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Token counts of an answer, where they are members of one object. */
public final class Usage {
    private Usage() {}

    /**
     * Reads the current value; empty when it is no object.
     *
     * @param prompt name of the count of the prompt's tokens
     * @param output name of the count of the answer's tokens
     * @param total name of the count of both
     */
    public static Optional<TokensUsed> read(BodyReader in, String prompt, String output, String total)
            throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            in.skip();
            return Optional.empty();
        }
        OptionalLong[] counts = {OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()};
        in.object(name -> {
            if (name.equals(prompt)) {
                counts[0] = in.integer();
            } else if (name.equals(output)) {
                counts[1] = in.integer();
            } else if (name.equals(total)) {
                counts[2] = in.integer();
            } else {
                in.skip();
            }
        });
        return Optional.of(new TokensUsed(counts[0], counts[1], counts[2]));
    }
}
