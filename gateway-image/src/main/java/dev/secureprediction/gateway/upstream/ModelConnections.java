package dev.secureprediction.gateway.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All connections to models of one event loop. HTTP/1.1, so that ending a call ends its connection at once and no call waits
 * behind another.
 */
@SuppressWarnings("FutureReturnValueIgnored") // listeners hear of it
public final class ModelConnections {
    /** Connections to one model, on one event loop. */
    public static final int MOST = 2_048;

    private static final long KEEP_ALIVE_NANOS = 60_000_000_000L;
    private static final long LOOK_SECONDS = 5;
    private static final int HTTPS = 443;
    private static final int MAX_HEADERS = 64 * 1024;

    // read at a time; a model that is not read on has sent so much, and twice that stands in the kernel
    private static final int RECEIVED = 16 * 1024;

    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> sockets;
    private final AddressResolverGroup<InetSocketAddress> names;
    private final ByteBufAllocator allocator;
    private final ModelTls tls;
    private final Map<Server, ModelPool> pools = new HashMap<>();

    private record Server(String host, int port) {
        String authority() {
            return port == HTTPS ? host : host + ":" + port;
        }
    }

    private ModelConnections(
            EventLoop loop,
            ChannelFactory<? extends Channel> sockets,
            AddressResolverGroup<InetSocketAddress> names,
            ByteBufAllocator allocator,
            ModelTls tls) {
        this.loop = loop;
        this.sockets = sockets;
        this.names = names;
        this.allocator = allocator;
        this.tls = tls;
    }

    /**
     * No connections yet; to be used on this loop alone.
     *
     * @param sockets of the kind that the loop serves
     */
    public static ModelConnections on(
            EventLoop loop,
            ChannelFactory<? extends Channel> sockets,
            AddressResolverGroup<InetSocketAddress> names,
            ByteBufAllocator allocator,
            ModelTls tls) {
        ModelConnections made = new ModelConnections(loop, sockets, names, allocator, tls);
        loop.scheduleWithFixedDelay(made::closeIdle, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        return made;
    }

    /**
     * Hands over a connection whose server has proved its name.
     *
     * @param connectMilliseconds for TCP, and again for TLS
     * @param failed hears why there is none
     * @return whether it still waits in line behind other callers
     */
    public BooleanSupplier take(
            String host,
            int port,
            long connectMilliseconds,
            Consumer<ModelConnection> ready,
            Consumer<Throwable> failed) {
        Server server = new Server(host, port);
        return pools.computeIfAbsent(server, same -> new ModelPool(same.authority(), MOST))
                .take((made, opened, cause) -> open(server, connectMilliseconds, made, opened, cause), ready, failed);
    }

    private void open(
            Server server,
            long connectMilliseconds,
            Function<Channel, ModelConnection> made,
            Consumer<ModelConnection> ready,
            Consumer<Throwable> failed) {
        new Bootstrap()
                .group(loop)
                .channelFactory(sockets)
                .resolver(names)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.SO_RCVBUF, RECEIVED)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVED))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(connectMilliseconds, Integer.MAX_VALUE))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = tls.handler(allocator, server.host(), server.port());
                        handler.setHandshakeTimeoutMillis(connectMilliseconds);
                        channel.pipeline().addLast(handler);
                    }
                })
                .connect(server.host(), server.port())
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        secure(connected.channel(), made, ready, failed);
                    } else {
                        failed.accept(connected.cause());
                    }
                });
    }

    /** Nothing is sent before the server has proved its name. */
    private static void secure(
            Channel channel,
            Function<Channel, ModelConnection> made,
            Consumer<ModelConnection> ready,
            Consumer<Throwable> failed) {
        channel.pipeline().get(SslHandler.class).handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess() && channel.isActive()) {
                ModelConnection connection = made.apply(channel);
                channel.pipeline()
                        .addLast(
                                new HttpResponseDecoder(new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADERS)),
                                connection);
                ready.accept(connection);
            } else {
                channel.close();
                failed.accept(shaken.isSuccess() ? new java.nio.channels.ClosedChannelException() : shaken.cause());
            }
        });
    }

    private void closeIdle() {
        long since = System.nanoTime() - KEEP_ALIVE_NANOS;
        pools.values().forEach(pool -> pool.closeIdleSince(since));
        pools.values().removeIf(ModelPool::isUnused);
    }
}
