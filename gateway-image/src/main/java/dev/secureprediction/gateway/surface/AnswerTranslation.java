package dev.secureprediction.gateway.surface;

import dev.secureprediction.gateway.error.RefusedException;

/** Turns the model's whole answer into the caller's. For one answer. */
@FunctionalInterface
public interface AnswerTranslation {

    /**
     * The caller's answer, JSON; numbers as the model wrote them.
     *
     * @throws RefusedException when the model's answer has no form here
     */
    byte[] translate(byte[] answer) throws RefusedException;
}
