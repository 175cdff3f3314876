package dev.secureprediction.gateway.surface;

import dev.secureprediction.gateway.usage.TokensUsed;
import java.util.List;
import java.util.Optional;

/**
 * What one frame of an answer holds: a whole unary body, the data of one server-sent event, or one element of a JSON
 * array.
 *
 * @param deltas its texts
 * @param media what it holds beside text: bytes, and names of files
 * @param tools whether the model calls a tool in it
 * @param usage token counts, where it has them; those of the last frame count
 * @param end what it says of the answer's end
 */
public record AnswerFrame(List<Delta> deltas, List<Part> media, boolean tools, Optional<TokensUsed> usage, End end) {

    /**
     * A text of one candidate; in a stream, the next piece of it.
     *
     * @param candidate its index
     * @param text piece and where it stands in the frame
     */
    public record Delta(int candidate, Part.Text text) {}

    /** How a frame ends an answer. */
    public enum End {
        /** More follows, or nothing is said. */
        OPEN,
        /** The model came to its end. */
        COMPLETE,
        /** The model's own filters, or its cap, cut the answer short. */
        PARTIAL,
        /** The frame is an error. */
        ERROR
    }

    public AnswerFrame {
        deltas = List.copyOf(deltas);
        media = List.copyOf(media);
    }
}
