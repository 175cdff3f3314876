package dev.secureprediction.gateway.upstream;

/** Hears of one call to a model, on the call's event loop. After {@link #complete} or {@link #broken} it hears no more. */
public interface AnswerListener {

    /** All of the request is sent. */
    void sent();

    /** The answer begins. */
    void began(ModelAnswer answer);

    /** The next bytes of its body; the listener's own from now on. */
    void bytes(byte[] piece);

    /** The answer is complete. */
    void complete();

    /** There will be no more: the connection broke, or what came is not HTTP. */
    void broken(Throwable cause);
}
