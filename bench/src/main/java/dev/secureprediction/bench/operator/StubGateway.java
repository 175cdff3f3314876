package dev.secureprediction.bench.operator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Answers for all gateways, each at its pods' own addresses, as a gateway does that has loaded what lies there for it. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class StubGateway implements AutoCloseable {
    private static final int PUBLIC = 8443;
    private static final int ADMIN = 8081;
    private static final int MAX_BODY = 65_536;
    private static final int FIRST = 10;
    private static final int PER_BLOCK = 240;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final GatewayFiles files;
    private final TokenRules tokens;
    private final Map<String, Channel> listening = new ConcurrentHashMap<>();
    private final Map<String, Long> proven = new ConcurrentHashMap<>();
    private int next;

    StubGateway(GatewayFiles files, TokenRules tokens) {
        this.files = files;
        this.tokens = tokens;
    }

    /**
     * Listens for one pod; says where.
     *
     * @param gateway `namespace/name` of what it runs
     */
    synchronized String listen(String gateway) {
        while (true) {
            // 127.1 to 127.15 are left to people; the sandbox's own pods live elsewhere
            int block = next / PER_BLOCK;
            String address = "127." + (2 + block / 256) + "." + block % 256 + "." + (FIRST + next % PER_BLOCK);
            next++;
            Optional<Channel> admin = bind(address, ADMIN, gateway, false);
            if (admin.isEmpty()) {
                continue; // somebody else has it
            }
            Optional<Channel> open = bind(address, PUBLIC, gateway, true);
            if (open.isPresent()) {
                listening.put(address + "/admin", admin.get());
                listening.put(address, open.get());
                return address;
            }
            admin.get().close();
        }
    }

    void stop(String address) {
        Optional.ofNullable(listening.remove(address + "/admin")).ifPresent(Channel::close);
        Optional.ofNullable(listening.remove(address)).ifPresent(Channel::close);
    }

    /** How many gateways have refused a call for another's model, the last of the probes, since that nano time. */
    long provenSince(long nanoTime) {
        return proven.values().stream().filter(at -> at - nanoTime > 0).count();
    }

    private Optional<Channel> bind(String address, int port, String gateway, boolean secure) {
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        if (secure) {
                            accepted.pipeline().addLast(files.tls(gateway).newHandler(accepted.alloc()));
                        }
                        accepted.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY))
                                .addLast(new StubAnswers(
                                        gateway, files, tokens, () -> proven.put(gateway, System.nanoTime())));
                    }
                })
                .bind(address, port)
                .awaitUninterruptibly();
        return bound.isSuccess() ? Optional.of(bound.channel()) : Optional.empty();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
