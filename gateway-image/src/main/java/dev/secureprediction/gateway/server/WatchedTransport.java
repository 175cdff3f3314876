package dev.secureprediction.gateway.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The system's transport, but that somebody is shown every connection a server accepts, before a byte of it is read. Vert.x
 * has no other place for that before it begins TLS or decodes a first request.
 */
@SuppressWarnings("deprecation") // what the interface has
public final class WatchedTransport implements io.vertx.core.transport.Transport, Transport {
    private final io.vertx.core.transport.Transport named;
    private final Transport inner;
    private final Consumer<Channel> accepted;

    private WatchedTransport(io.vertx.core.transport.Transport named, Consumer<Channel> accepted) {
        this.named = named;
        this.inner = named.implementation();
        this.accepted = accepted;
    }

    /**
     * Over the system's own transport where there is one.
     *
     * @param accepted is shown each connection; on any thread
     */
    public static WatchedTransport ofSystem(Consumer<Channel> accepted) {
        io.vertx.core.transport.@Nullable Transport own = io.vertx.core.transport.Transport.nativeTransport();
        return new WatchedTransport(
                own != null && own.available() ? own : io.vertx.core.transport.Transport.NIO, accepted);
    }

    @Override
    public String name() {
        return named.name();
    }

    @Override
    public boolean available() {
        return named.available();
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public boolean isAvailable() {
        return inner.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return inner.unavailabilityCause();
    }

    @Override
    public boolean supportsDomainSockets() {
        return inner.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return inner.supportFileRegion();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return inner.convert(address);
    }

    @Override
    public io.vertx.core.net.@Nullable SocketAddress convert(SocketAddress address) {
        return inner.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return inner.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return inner.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return inner.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return inner.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return inner.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return inner.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        inner.configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        inner.configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        inner.configure(config, domainSocket, bootstrap);
        bootstrap.handler(new Door());
    }

    /** Stands on the server's own channel, through which accepted connections come. */
    @Sharable
    private final class Door extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel connection) {
                accepted.accept(connection);
            }
            context.fireChannelRead(message);
        }
    }
}
