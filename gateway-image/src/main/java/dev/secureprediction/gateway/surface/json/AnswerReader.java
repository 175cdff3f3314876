package dev.secureprediction.gateway.surface.json;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;

/** Reads the model's answers with the same care as bodies; what cannot be read is the model's fault. */
public final class AnswerReader {
    private AnswerReader() {}

    /**
     * Reads an answer that is one JSON object.
     *
     * @throws RefusedException with a code of the upstream when it is not, or has another form than expected
     */
    public static void read(byte[] answer, BodyReader.Body body) throws RefusedException {
        try {
            BodyReader.read(answer, body);
        } catch (RefusedException e) {
            ErrorCode code = e.refusal().code();
            throw code == ErrorCode.BODY_INVALID || code == ErrorCode.BODY_MALFORMED ? unexpected("FORM") : e;
        }
    }

    /** The answer has no form in the caller's protocol. */
    public static RefusedException unexpected(String reason) {
        return RefusedException.of(ErrorCode.UPSTREAM_FAILED, "ANSWER_" + reason);
    }
}
