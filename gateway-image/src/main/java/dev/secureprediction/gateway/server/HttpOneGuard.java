package dev.secureprediction.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the HTTP/1.1 decoder as strict as a gateway must be. It stands before the decoder and looks at heads only; a part
 * behind it says where they end. A head that {@link HeadScanner} finds bad, or that delimits its body in no way or in more
 * than one, is handed on as a failure, and nothing behind it is ever read as a request. A body whose chunks are malformed
 * is marked instead of dropped, so that its caller gets an answer.
 */
final class HttpOneGuard extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Boolean> BROKEN_BODY = AttributeKey.valueOf("spe.brokenBody");
    private static final AttributeKey<Boolean> HEAD = AttributeKey.valueOf("spe.head");
    private static final String HTTP2_SETTINGS = "HTTP2-Settings";
    private static final String DECODER = "httpDecoder";

    /** What all unfinished heads together may hold; a head usually comes in one piece, and is none of them. */
    private static final long MOST_UNFINISHED = 16 << 20;

    private static final AtomicLong UNFINISHED = new AtomicLong();

    private enum Place {
        HEAD,
        BODY,
        CHUNKS,
        /** Nothing more is looked at: the connection is about to close. */
        OVER
    }

    private Place place = Place.HEAD;
    private long bodyLeft;
    private HeadScanner scanner = new HeadScanner();
    private boolean badHead;
    private int unfinished;

    private HttpOneGuard() {}

    /** Stands guard on a connection; HTTP/2 has no such ambiguities and needs none. */
    static void on(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            throw new IllegalStateException("an unknown kind of connection cannot be guarded");
        }
        on(base.channel().pipeline(), new byte[0]);
    }

    /**
     * The same on a pipeline, whose decoder has these bytes already; less than a head. Where somebody stands guard, or for
     * HTTP/2, nothing changes.
     */
    static void on(ChannelPipeline pipeline, byte[] seen) {
        if (pipeline.get(DECODER) == null || pipeline.get(HttpOneGuard.class) != null) {
            return;
        }
        HttpOneGuard guard = new HttpOneGuard();
        for (byte b : seen) {
            guard.badHead |= guard.scanner.next(b) == HeadScanner.Verdict.BAD;
        }
        guard.place = guard.badHead ? Place.OVER : Place.HEAD;
        pipeline.addBefore(DECODER, "spe-guard", guard);
        pipeline.addAfter(DECODER, "spe-guard-end", guard.new AfterDecoder());
    }

    /** Whether a head has come on this connection. */
    static boolean sawHead(Channel channel) {
        return Boolean.TRUE.equals(channel.attr(HEAD).get());
    }

    /** Whether the body that ended last on this connection was malformed. */
    static boolean sawBrokenBody(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                && Boolean.TRUE.equals(base.channel().attr(BROKEN_BODY).get());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            while (bytes.isReadable()) {
                int count = switch (place) {
                    case HEAD -> bounded(scanHead(bytes), bytes);
                    case BODY -> (int) Math.min(bodyLeft, bytes.readableBytes());
                    case CHUNKS -> upToLineEnd(bytes);
                    case OVER -> bytes.readableBytes();
                };
                if (unfinished > 0 && UNFINISHED.get() > MOST_UNFINISHED) {
                    place = Place.OVER;
                    ChannelFuture ignored = context.close();
                    return;
                }
                if (place == Place.BODY) {
                    bodyLeft -= count;
                    place = bodyLeft == 0 ? beginHead() : place;
                }
                context.fireChannelRead(bytes.readRetainedSlice(count));
            }
        } finally {
            bytes.release();
        }
    }

    /** Counts what the decoder will hold of a head whose end is still to come; too much of that is no head. */
    private int bounded(int count, ByteBuf bytes) {
        boolean goesOn = place == Place.HEAD && count == bytes.readableBytes() && scanner.isUnfinished();
        if (!goesOn) {
            forgetUnfinished();
            return count;
        }
        unfinished += count;
        UNFINISHED.addAndGet(count);
        return count;
    }

    private void forgetUnfinished() {
        UNFINISHED.addAndGet(-unfinished);
        unfinished = 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetUnfinished();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forgetUnfinished();
    }

    /** How many bytes belong to this head; with a bad one, all. */
    private int scanHead(ByteBuf bytes) {
        for (int i = scanner.passValue(bytes, bytes.readerIndex());
                i < bytes.writerIndex();
                i = scanner.passValue(bytes, i + 1)) {
            switch (scanner.next(bytes.getByte(i))) {
                case COMPLETE -> {
                    return i + 1 - bytes.readerIndex();
                }
                case BAD -> {
                    badHead = true;
                    place = Place.OVER;
                    return bytes.readableBytes();
                }
                case MORE -> {}
            }
        }
        return bytes.readableBytes();
    }

    /** The last chunk ends with a line end, so that what is behind it is always looked at as a head. */
    private static int upToLineEnd(ByteBuf bytes) {
        int end = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n');
        return end < 0 ? bytes.readableBytes() : end + 1 - bytes.readerIndex();
    }

    private Place beginHead() {
        scanner = new HeadScanner();
        return Place.HEAD;
    }

    /** Sees what the decoder made of the bytes, before anybody else does. */
    private final class AfterDecoder extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (place == Place.OVER && !(badHead && message instanceof HttpRequest)) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (message instanceof HttpRequest request) {
                if (badHead || isAmbiguous(request)) {
                    request.setDecoderResult(failure(request));
                    // the answer's version is the request's, whatever that claimed
                    request.setProtocolVersion(HttpVersion.HTTP_1_1);
                }
                badHead = false;
                context.channel().attr(HEAD).set(true);
                // an upgrade is passed over (RFC 9110, section 7.8), here since the server would make one to HTTP/2
                request.headers().remove(HttpHeaderNames.UPGRADE);
                request.headers().remove(HTTP2_SETTINGS);
                context.channel().attr(BROKEN_BODY).set(false);
                place = after(request);
            } else if (message instanceof HttpContent content) {
                if (content.decoderResult().isFailure()) {
                    ReferenceCountUtil.release(message);
                    place = Place.OVER;
                    context.channel().attr(BROKEN_BODY).set(true);
                    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
                    return;
                }
                if (place == Place.CHUNKS && content instanceof LastHttpContent) {
                    place = beginHead();
                }
            }
            context.fireChannelRead(message);
        }

        private DecoderResult failure(HttpRequest request) {
            if (badHead && scanner.wantsOtherVersion()) {
                return DecoderResult.failure(new OtherVersionException());
            }
            return request.decoderResult().isFailure()
                    ? request.decoderResult()
                    : DecoderResult.failure(
                            new IllegalArgumentException("a head that two parsers could read differently"));
        }

        /** RFC 9112, sections 3.2 and 6: one host, and one framing spelled the one way that everybody reads alike. */
        private boolean isAmbiguous(HttpRequest request) {
            List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
            boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
            boolean chunked = http11
                    && codings.size() == 1
                    && codings.getFirst().equalsIgnoreCase("chunked")
                    && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
            int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
            boolean framed = codings.isEmpty() || chunked;
            return !framed || hosts > 1 || (http11 && hosts == 0);
        }

        private Place after(HttpRequest request) {
            if (request.decoderResult().isFailure()) {
                return Place.OVER;
            }
            if (HttpUtil.isTransferEncodingChunked(request)) {
                return Place.CHUNKS;
            }
            bodyLeft = HttpUtil.getContentLength(request, 0L);
            return bodyLeft > 0 ? Place.BODY : beginHead();
        }
    }
}
