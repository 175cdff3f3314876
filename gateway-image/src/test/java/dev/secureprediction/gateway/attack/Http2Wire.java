package dev.secureprediction.gateway.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HTTP/2 by prior knowledge (RFC 9113), frame by frame, as no library would write them. */
final class Http2Wire implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int PRIORITY = 32;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLISECONDS = 20_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DefaultHttp2HeadersEncoder encoder =
            new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final StringBuilder body = new StringBuilder();

    /** How a stream or the whole connection ended. */
    record End(Optional<Integer> status, String body, boolean reset, boolean goneAway) {
        boolean isRefused() {
            return reset || goneAway || status.orElse(0) >= 400;
        }
    }

    private Http2Wire(String address, int port) throws IOException {
        socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLISECONDS);
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Says hello, with no settings of its own. */
    static Http2Wire connect(String address, int port) throws IOException {
        return connect(address, port, new byte[0]);
    }

    /** Says hello with these settings (RFC 9113, section 6.5). */
    static Http2Wire connect(String address, int port, byte[] settings) throws IOException {
        Http2Wire wire = new Http2Wire(address, port);
        wire.write(PREFACE);
        wire.write(frame(SETTINGS, 0, 0, settings));
        return wire;
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        return frame.put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Fields as HPACK writes them; in this order, whatever they are. */
    byte[] block(List<String[]> fields) {
        // one block each, so that no library sorts pseudo fields to the front
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String[] field : fields) {
            Http2Headers one = new DefaultHttp2Headers(false, false, 1);
            one.add(field[0], field[1]);
            ByteBuf buffer = Unpooled.buffer();
            try {
                encoder.encodeHeaders(1, one, buffer);
            } catch (Http2Exception e) {
                throw new IllegalStateException(e);
            }
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The same, whether or not the other side still reads. */
    void tryWrite(byte[] bytes) {
        try {
            write(bytes);
        } catch (IOException e) {
            // it has seen enough
        }
    }

    /** A whole request on this stream. */
    void request(int stream, List<String[]> fields, Optional<String> content) throws IOException {
        write(frame(HEADERS, END_HEADERS | (content.isEmpty() ? END_STREAM : 0), stream, block(fields)));
        if (content.isPresent()) {
            write(frame(DATA, END_STREAM, stream, content.get().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Reads until this stream, or the connection, has ended. */
    End end(int stream) {
        Optional<Integer> status = Optional.empty();
        List<Integer> seen = new ArrayList<>();
        body.setLength(0);
        try {
            while (true) {
                int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int of = in.readInt();
                byte[] payload = in.readNBytes(length);
                seen.add(type);
                if (type == SETTINGS && (flags & 1) == 0) {
                    tryWrite(frame(SETTINGS, 1, 0, new byte[0]));
                } else if (type == GOAWAY) {
                    return new End(status, body.toString(), false, true);
                }
                // every one, since what follows refers to it
                Optional<Integer> said = type == HEADERS ? status(of, flags, payload) : Optional.empty();
                if (of != stream) {
                    continue;
                }
                if (type == RST_STREAM) {
                    return new End(status, body.toString(), true, false);
                }
                status = said.isPresent() ? said : status;
                if (type == DATA) {
                    body.append(new String(payload, StandardCharsets.UTF_8));
                }
                if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
                    return new End(status, body.toString(), false, false);
                }
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("nothing came within " + PATIENCE_MILLISECONDS + " ms; frames before: " + seen, e);
        } catch (IOException e) {
            return new End(status, body.toString(), false, true);
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Integer> status(int stream, int flags, byte[] payload) throws Http2Exception {
        CharSequence said = decoder.decodeHeaders(stream, block(flags, payload)).status();
        return said == null ? Optional.empty() : Optional.of(Integer.parseInt(said.toString()));
    }

    /** Without what may stand around it (RFC 9113, section 6.2). */
    private static ByteBuf block(int flags, byte[] payload) {
        int padding = (flags & PADDED) == 0 ? 0 : payload[0] & 0xff;
        int from = ((flags & PADDED) == 0 ? 0 : 1) + ((flags & PRIORITY) == 0 ? 0 : 5);
        return Unpooled.wrappedBuffer(payload, from, payload.length - from - padding);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
