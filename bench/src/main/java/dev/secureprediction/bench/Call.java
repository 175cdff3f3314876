package dev.secureprediction.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The call that runs on one connection. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection, which ends the call
final class Call extends SimpleChannelInboundHandler<HttpObject> {
    private @Nullable ChannelHandlerContext context;
    private @Nullable Outcome outcome;
    private @Nullable Runnable next;
    private long since;
    private long firstByte;
    private boolean well;

    static Call of(Channel connection) {
        return Objects.requireNonNull(connection.pipeline().get(Call.class));
    }

    /**
     * Sends a request; the connection must have none under way.
     *
     * @param due when it was to be sent, by {@link System#nanoTime}
     * @param then called when it is answered or has failed
     */
    void send(ByteBuf request, long due, Outcome into, Runnable then) {
        outcome = into;
        next = then;
        since = due;
        firstByte = 0;
        Objects.requireNonNull(context).writeAndFlush(request);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext received, HttpObject message) {
        if (message instanceof HttpResponse head) {
            well = head.status().code() == 200 && head.decoderResult().isSuccess();
        }
        if (message instanceof HttpContent content
                && firstByte == 0
                && content.content().isReadable()) {
            firstByte = System.nanoTime();
        }
        if (message instanceof LastHttpContent) {
            end(well);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        end(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        broken.close();
    }

    private void end(boolean good) {
        Runnable then = next;
        if (then != null && outcome != null) {
            long now = System.nanoTime();
            outcome.answered(good, (firstByte == 0 ? now : firstByte) - since, now - since);
            next = null;
            then.run();
        }
    }
}
