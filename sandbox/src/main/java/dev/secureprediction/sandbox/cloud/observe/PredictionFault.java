package dev.secureprediction.sandbox.cloud.observe;

import com.google.rpc.Code;
import java.time.Duration;
import java.util.Optional;

/** How one prediction goes wrong. */
public sealed interface PredictionFault {

    /** Nothing for this long, then the answer. */
    record Delay(Duration beforeFirstByte) implements PredictionFault {}

    /** A stream stops after this many chunks and stays open. */
    record Stall(int afterChunks) implements PredictionFault {}

    /** A stream holds an error in place of a chunk, and ends. */
    record ErrorFrame(int afterChunks, Code code, String message) implements PredictionFault {}

    /** Nothing but an error, with a retry delay if one is given. */
    record Refuse(Code code, String message, Optional<Duration> retryAfter) implements PredictionFault {}

    /** The connection ends in the midst of the answer, after this many chunks of a stream. */
    record Cut(int afterChunks) implements PredictionFault {}

    /** What Gemini says when pay-as-you-go capacity is short. */
    static PredictionFault exhausted() {
        return new Refuse(
                Code.RESOURCE_EXHAUSTED,
                "Resource exhausted, please try again later.",
                Optional.of(Duration.ofSeconds(1)));
    }
}
