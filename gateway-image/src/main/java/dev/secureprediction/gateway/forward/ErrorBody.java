package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.upstream.ModelAnswer;
import dev.secureprediction.policy.model.Upstream;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;

/** The body of a model's error, as far as it is read. */
final class ErrorBody {
    private final ModelAnswer head;
    private final Upstream upstream;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    ErrorBody(ModelAnswer head, Upstream upstream) {
        this.head = head;
        this.upstream = upstream;
    }

    /** Takes the next bytes; false: it is too long to be read, and nothing of it is. */
    boolean take(byte[] piece) {
        if (body.size() + piece.length > UpstreamErrors.MAX_BODY) {
            body.reset();
            return false;
        }
        body.writeBytes(piece);
        return true;
    }

    /** What the caller is told. */
    Refusal refusal() {
        return UpstreamErrors.map(
                head.status(), head.header(HttpHeaderNames.RETRY_AFTER), body.toByteArray(), upstream);
    }
}
