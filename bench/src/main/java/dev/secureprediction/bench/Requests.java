package dev.secureprediction.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Requests as bytes, made before they are needed; each call takes the next token. */
final class Requests implements Supplier<ByteBuf> {
    private final List<ByteBuf> ready;
    private int next;

    private Requests(List<ByteBuf> ready) {
        this.ready = ready;
    }

    /** POSTs of one body, with these tokens in turn. */
    static Requests posts(String path, List<String> tokens, String body) {
        return new Requests(tokens.stream()
                .map(token -> Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(post(path, token, body))))
                .toList());
    }

    private static byte[] post(String path, String token, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nAccept: */*\r\nUser-Agent: bench\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ByteBuf get() {
        ByteBuf request = ready.get(next);
        next = (next + 1) % ready.size();
        return request.duplicate();
    }

    /** A JSON body of predictions with about so many bytes. */
    static String body(int bytes) {
        StringBuilder body = new StringBuilder("{\"instances\":[");
        String instance = "{\"tenure\":12,\"monthly\":70.35,\"contract\":\"Month-to-month\",\"paperless\":true}";
        while (body.length() + instance.length() + 2 < bytes) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",").append(instance);
        }
        return body.append("]}").toString();
    }
}
