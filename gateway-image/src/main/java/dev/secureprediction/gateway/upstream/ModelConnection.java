package dev.secureprediction.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a model, for one call at a time. It serves another call only where the last one was sent and answered
 * completely, and nothing came behind the answer: what does, nobody asked for. On one event loop.
 */
@SuppressWarnings({
    "FutureReturnValueIgnored", // a write that fails closes the connection, of which its call hears
    "ReferenceEquality" // one listener, one call
})
public final class ModelConnection extends ChannelInboundHandlerAdapter {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Channel channel;
    private final ModelPool pool;
    private final Deque<HttpContent> held = new ArrayDeque<>(0);
    private @Nullable AnswerListener listener;
    private long idleSince;
    private boolean sent;
    private boolean answered;
    private boolean provisional;
    private boolean lasting;
    private boolean paused;

    ModelConnection(Channel channel, ModelPool pool) {
        this.channel = channel;
        this.pool = pool;
    }

    /** Sends a request; once after it was taken. */
    public void send(ModelRequest request, AnswerListener to) {
        listener = to;
        sent = false;
        answered = false;
        lasting = true;
        ByteBuf rest = request.rest();
        ByteBuf head = request.head(channel.alloc(), pool.authority());
        if (rest.isReadable()) {
            channel.write(head, channel.voidPromise());
            head = rest;
        }
        channel.writeAndFlush(head).addListener((ChannelFuture written) -> sent(to, written.isSuccess()));
    }

    private void sent(AnswerListener to, boolean well) {
        if (listener != to) {
            return;
        }
        if (!well) {
            channel.close();
            return;
        }
        sent = true;
        to.sent();
    }

    /** The call has ended before its answer did; the model learns of it at once. */
    public void abandon() {
        listener = null;
        drop();
        channel.close();
    }

    /** It was taken in vain: nothing was sent. */
    public void giveBack() {
        pool.free(this);
    }

    void pause() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    void resume() {
        paused = false;
        while (!paused && !held.isEmpty()) {
            content(held.remove());
        }
        if (!paused) {
            channel.config().setAutoRead(true);
            freeIfDone();
        }
    }

    boolean isOpen() {
        return channel.isActive();
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (listener == null || answered) {
            ReferenceCountUtil.release(message);
            lasting = false;
            channel.close();
        } else if (message instanceof HttpResponse response) {
            head(response);
        } else if (message instanceof HttpContent content) {
            if (paused || !held.isEmpty()) {
                held.add(content);
            } else {
                content(content);
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(HttpResponse response) {
        int status = response.status().code();
        if (response.decoderResult().isFailure() || status == SWITCHING_PROTOCOLS) {
            broken(new IOException("not an answer"));
            return;
        }
        provisional = status / 100 == 1;
        if (!provisional && listener != null) {
            lasting = HttpUtil.isKeepAlive(response);
            listener.began(new ModelAnswer(status, response.headers(), this));
        }
    }

    private void content(HttpContent content) {
        AnswerListener to = listener;
        boolean last = content instanceof LastHttpContent;
        boolean sound = !content.decoderResult().isFailure();
        byte[] bytes = ByteBufUtil.getBytes(content.content());
        content.release();
        if (provisional) {
            provisional = !last;
            return;
        }
        if (to == null) {
            return;
        }
        if (!sound) {
            broken(new IOException("not an answer"));
            return;
        }
        if (bytes.length > 0) {
            to.bytes(bytes);
        }
        if (last && listener == to) {
            answered = true;
            to.complete();
        }
    }

    /** Only now is it known that nothing came behind the answer. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        freeIfDone();
    }

    private void freeIfDone() {
        if (!answered || listener == null) {
            return;
        }
        listener = null;
        if (paused) {
            paused = false; // whoever paused it is gone
            channel.config().setAutoRead(true);
        }
        if (sent && lasting && channel.isActive()) {
            pool.free(this);
        } else {
            channel.close();
        }
    }

    /** An answer that had come completely is still handed on to a caller that reads slowly. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.gone(this);
        if (!answered && !(held.peekLast() instanceof LastHttpContent)) {
            broken(new ClosedChannelException());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken(cause);
    }

    private void broken(Throwable cause) {
        AnswerListener to = listener;
        boolean open = !answered;
        listener = null;
        drop();
        channel.close();
        if (to != null && open) {
            to.broken(cause);
        }
    }

    private void drop() {
        held.forEach(HttpContent::release);
        held.clear();
    }
}
