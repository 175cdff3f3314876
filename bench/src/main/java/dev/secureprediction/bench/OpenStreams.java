package dev.secureprediction.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Streams without end whose callers read slower than they are written. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is counted by the handler
final class OpenStreams implements AutoCloseable {
    private static final int READ = 1_024;
    private static final long READ_EVERY_MILLISECONDS = 500;
    private static final byte[] WELL = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Target target;
    private final Supplier<ByteBuf> requests;
    private final Duration life;
    private volatile boolean closing;

    /**
     * Opens them.
     *
     * @param life after about this time a caller leaves, and another one comes
     */
    OpenStreams(Target target, int count, Supplier<ByteBuf> requests, Duration life) {
        this.target = target;
        this.requests = requests;
        this.life = life;
        for (int i = 0; i < count; i++) {
            // not all in one moment, neither when they begin nor when they end
            long age = life.toMillis() * i / count;
            loop.schedule(() -> openOne(life.toMillis() - age / 2), i * 2L, TimeUnit.MILLISECONDS);
        }
    }

    private void openOne(long milliseconds) {
        if (closing) {
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, 2 * READ)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Reader(milliseconds));
                    }
                })
                .connect(target.host(), target.port())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        failed.incrementAndGet();
                    }
                });
    }

    /** Streams that have begun with a 200, those included that have ended. */
    int begun() {
        return begun.get();
    }

    /** Streams that are open now. */
    int open() {
        return open.get();
    }

    /** Connections that could not be opened, answers other than 200, streams that ended by themselves. */
    int failed() {
        return failed.get();
    }

    private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
        private final long milliseconds;
        private boolean first = true;
        private boolean left;

        Reader(long milliseconds) {
            this.milliseconds = milliseconds;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            open.incrementAndGet();
            context.writeAndFlush(requests.get());
            read(context.channel());
            context.executor()
                    .schedule(
                            () -> {
                                left = true;
                                context.close();
                            },
                            milliseconds,
                            TimeUnit.MILLISECONDS);
        }

        private static void read(Channel channel) {
            if (channel.isActive()) {
                channel.read();
                channel.eventLoop().schedule(() -> read(channel), READ_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf piece) {
            if (!first) {
                return;
            }
            first = false;
            boolean well = piece.readableBytes() >= WELL.length;
            for (int i = 0; well && i < WELL.length; i++) {
                well = piece.getByte(piece.readerIndex() + i) == WELL[i];
            }
            (well ? begun : failed).incrementAndGet();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            open.decrementAndGet();
            if (!left && !closing) {
                failed.incrementAndGet();
            }
            openOne(life.toMillis());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        closing = true;
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
