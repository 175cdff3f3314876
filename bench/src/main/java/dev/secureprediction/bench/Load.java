package dev.secureprediction.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/** Connections that stay open to one target, and calls over them. All of its state lives on one event loop. */
final class Load implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> connections = new ArrayList<>();
    private final Supplier<ByteBuf> requests;

    /**
     * Opens connections.
     *
     * @param requests the next request, whole, each time
     */
    Load(Target target, int count, Supplier<ByteBuf> requests) {
        this.requests = requests;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        target.tls().ifPresent(tls -> {
                            SSLEngine engine = tls.createSSLEngine(target.host(), target.port());
                            engine.setUseClientMode(true);
                            channel.pipeline().addLast(new SslHandler(engine));
                        });
                        channel.pipeline().addLast(new HttpResponseDecoder(), new Call());
                    }
                });
        List<ChannelFuture> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opening.add(bootstrap.connect(target.host(), target.port()));
        }
        opening.forEach(opened -> connections.add(opened.syncUninterruptibly().channel()));
    }

    /** Every connection sends its next request as soon as the last is answered, for so long. */
    Outcome asFastAsItGoes(Duration time) {
        return run(connections.size(), (outcome, done) -> {
            long until = System.nanoTime() + time.toNanos();
            for (Channel connection : connections) {
                again(connection, until, outcome, done);
            }
        });
    }

    /** One call. */
    Outcome once() {
        return run(
                1,
                (outcome, done) -> Call.of(connections.getFirst())
                        .send(requests.get(), System.nanoTime(), outcome, done::countDown));
    }

    private void again(Channel connection, long until, Outcome outcome, CountDownLatch done) {
        if (System.nanoTime() >= until) {
            done.countDown();
            return;
        }
        Call.of(connection)
                .send(requests.get(), System.nanoTime(), outcome, () -> again(connection, until, outcome, done));
    }

    /**
     * Sends at a fixed rate, whatever the answers do; latency counts from when a request was due.
     *
     * @param perSecond requests in a second
     */
    Outcome atRate(double perSecond, Duration time) {
        int total = (int) (perSecond * time.toMillis() / 1_000);
        long gap = (long) (1e9 / perSecond);
        Queue<Channel> idle = new ArrayDeque<>(connections);
        Queue<Long> late = new ArrayDeque<>();
        return run(
                total,
                (outcome, done) -> Thread.ofPlatform().daemon().start(() -> {
                    long start = System.nanoTime();
                    for (int i = 0; i < total; i++) {
                        long due = start + i * gap;
                        while (System.nanoTime() < due) {
                            LockSupport.parkNanos(due - System.nanoTime());
                        }
                        loop.execute(() -> due(due, idle, late, outcome, done));
                    }
                }));
    }

    private void due(long due, Queue<Channel> idle, Queue<Long> late, Outcome outcome, CountDownLatch done) {
        Channel connection = idle.poll();
        if (connection == null) {
            late.add(due);
            return;
        }
        Call.of(connection).send(requests.get(), due, outcome, () -> {
            done.countDown();
            idle.add(connection);
            Long next = late.poll();
            if (next != null) {
                due(next, idle, late, outcome, done);
            }
        });
    }

    private interface Start {
        void run(Outcome outcome, CountDownLatch done);
    }

    private Outcome run(int ends, Start start) {
        Outcome outcome = new Outcome();
        CountDownLatch done = new CountDownLatch(ends);
        loop.execute(() -> start.run(outcome, done));
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        done.getCount() + " calls were not answered in " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return outcome;
    }

    @Override
    public void close() {
        connections.forEach(connection -> connection.close().syncUninterruptibly());
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
