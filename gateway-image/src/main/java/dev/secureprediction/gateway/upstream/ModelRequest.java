package dev.secureprediction.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A POST as it goes to the model: these headers and no other. */
public final class ModelRequest {
    /** Bodies up to this size go out with their head, in one piece. */
    private static final int WITH_HEAD = 12 * 1024;

    private static final int USUAL_HEADERS = 8;

    private final String target;
    private final byte[] body;
    private final List<String> fields = new ArrayList<>(2 * USUAL_HEADERS);
    private int length;

    private ModelRequest(String target, byte[] body) {
        this.target = target;
        this.body = body;
    }

    /**
     * A request without headers.
     *
     * @param target path and query
     * @param body not to be changed any more
     */
    public static ModelRequest post(String target, byte[] body) {
        ModelRequest request = new ModelRequest(checked(target), body);
        request.length = target.length() + body.length + 64;
        return request;
    }

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException where the value could be read as more than one header
     */
    public ModelRequest with(String name, String value) {
        fields.add(name);
        fields.add(checked(value));
        length += name.length() + value.length() + 4;
        return this;
    }

    /** Printable ASCII alone: nothing that ends a line, whoever wrote it. */
    private static String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < ' ' || next > '~') {
                throw new IllegalArgumentException("a header or target with a character that must not be in it");
            }
        }
        return text;
    }

    /** Head and, where it is short, body. */
    ByteBuf head(ByteBufAllocator allocator, String host) {
        boolean whole = body.length <= WITH_HEAD;
        ByteBuf out = allocator.directBuffer(length + host.length() - (whole ? 0 : body.length));
        ByteBufUtil.writeAscii(out, "POST ");
        ByteBufUtil.writeAscii(out, target);
        ByteBufUtil.writeAscii(out, " HTTP/1.1\r\nhost: ");
        ByteBufUtil.writeAscii(out, host);
        for (int i = 0; i < fields.size(); i += 2) {
            ByteBufUtil.writeAscii(out, "\r\n");
            ByteBufUtil.writeAscii(out, fields.get(i));
            ByteBufUtil.writeAscii(out, ": ");
            ByteBufUtil.writeAscii(out, fields.get(i + 1));
        }
        ByteBufUtil.writeAscii(out, "\r\ncontent-length: ");
        ByteBufUtil.writeAscii(out, Integer.toString(body.length));
        ByteBufUtil.writeAscii(out, "\r\n\r\n");
        return whole ? out.writeBytes(body) : out;
    }

    /** What does not go out with the head; empty: nothing. */
    ByteBuf rest() {
        return body.length <= WITH_HEAD ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    }
}
