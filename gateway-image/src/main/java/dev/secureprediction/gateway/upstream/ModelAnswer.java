package dev.secureprediction.gateway.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** Head of a model's answer; its body comes to {@link AnswerListener} until it is paused. */
public final class ModelAnswer {
    private final int status;
    private final HttpHeaders headers;
    private final ModelConnection connection;

    ModelAnswer(int status, HttpHeaders headers, ModelConnection connection) {
        this.status = status;
        this.headers = headers;
        this.connection = connection;
    }

    public int status() {
        return status;
    }

    /** First value of this header. */
    public Optional<String> header(CharSequence name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** All values of this header. */
    public List<String> all(String name) {
        return headers.getAll(name);
    }

    /** Nothing more of the body is handed on, and the model is not read, until it is resumed. */
    public void pause() {
        connection.pause();
    }

    public void resume() {
        connection.resume();
    }
}
