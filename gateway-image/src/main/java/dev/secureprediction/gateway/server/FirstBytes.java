package dev.secureprediction.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands first on a connection without TLS and tells HTTP/2 by prior knowledge (RFC 9113, section 3.3) from HTTP/1.1. The
 * server behind it makes its decoder for HTTP/1.1 when it has seen the first byte that is not HTTP/2's, which is before a
 * head can be complete: then the guard is set before anything is decoded.
 */
public final class FirstBytes extends ChannelInboundHandlerAdapter {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** No method begins so but the one that RFC 9113 keeps for the preface. */
    private static final int RESERVED = 3;

    private static final long FIRST_HEAD_SECONDS = 10;

    private int matched;
    private @Nullable Future<?> timeout;

    /** Stands first on a connection that was just accepted. */
    public static void standFirst(Channel connection) {
        connection.pipeline().addFirst("spe-first-bytes", new FirstBytes());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // idle connections are watched from their first call on
        timeout = context.executor().schedule(() -> endIfUnused(context), FIRST_HEAD_SECONDS, TimeUnit.SECONDS);
    }

    private static void endIfUnused(ChannelHandlerContext context) {
        if (!HttpOneGuard.sawHead(context.channel())) {
            ChannelFuture ignored = context.channel().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetTimeout();
        context.fireChannelInactive();
    }

    private void forgetTimeout() {
        Future<?> waiting = timeout;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        while (bytes.isReadable() && matched < PREFACE.length) {
            byte next = bytes.getByte(bytes.readerIndex());
            if (next != PREFACE[matched]) {
                otherwise(context, bytes);
                return;
            }
            matched++;
            bytes.skipBytes(1);
        }
        if (matched < PREFACE.length) {
            bytes.release();
            return;
        }
        forgetTimeout();
        context.fireChannelRead(context.alloc().buffer(PREFACE.length).writeBytes(PREFACE));
        passOnAndLeave(context, bytes);
    }

    /** It is not HTTP/2: the byte that shows it goes on first, with those before it. */
    private void otherwise(ChannelHandlerContext context, ByteBuf bytes) {
        if (matched >= RESERVED) {
            ReferenceCountUtil.release(bytes);
            ChannelFuture ignored = context.channel().close();
            return;
        }
        ByteBuf first = context.alloc().buffer(matched + 1).writeBytes(PREFACE, 0, matched);
        first.writeByte(bytes.readByte());
        byte[] seen = new byte[first.readableBytes()];
        first.getBytes(first.readerIndex(), seen);
        context.fireChannelRead(first);
        HttpOneGuard.on(context.pipeline(), seen);
        passOnAndLeave(context, bytes);
    }

    private void passOnAndLeave(ChannelHandlerContext context, ByteBuf bytes) {
        if (bytes.isReadable()) {
            context.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
        context.pipeline().remove(this);
    }
}
