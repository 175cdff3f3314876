package dev.secureprediction.bench;

import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.ServerCertificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The model: answers at once over TLS, with 1.2 KB of JSON or with server-sent events, some of them without end. One event
 * loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class BenchModel implements AutoCloseable {
    private static final byte[] PREDICTION = ("{\"predictions\":[" + "0.123456789,".repeat(95) + "0.5],"
                    + "\"deployedModelId\":\"1\",\"model\":\"projects/1/locations/europe-west4/models/1\"}")
            .getBytes(StandardCharsets.UTF_8);
    static final int EVENTS = 20;
    private static final long SLOWLY_MILLISECONDS = 500;
    private static final String SLOW_EVENT = "data: {\"predictions\":[" + "0.123456789,".repeat(300) + "0.5]}\n\n";

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;

    private BenchModel(SSLContext tls) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        SSLEngine engine = tls.createSSLEngine();
                        engine.setUseClientMode(false);
                        accepted.pipeline().addLast(new SslHandler(engine), new HttpServerCodec(), new Answers());
                    }
                });
        channel = bootstrap.bind("127.0.0.1", 0).syncUninterruptibly().channel();
    }

    static BenchModel start(Authority authority) {
        return new BenchModel(context(authority.certificate("127.0.0.1")));
    }

    private static SSLContext context(ServerCertificate certificate) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("model", certificate.key(), new char[0], new Certificate[] {
                certificate.certificate(), certificate.issuer()
            });
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    String authority() {
        return "127.0.0.1:" + port();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** What it answers is in the path: `:streamRawPredict` some quick events, `:serverStreamingPredict` slow ones. */
    private static final class Answers extends SimpleChannelInboundHandler<HttpObject> {
        private boolean stream;
        private boolean endless;

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpRequest request) {
                endless = request.uri().contains(":serverStreaming");
                stream = endless || request.uri().contains(":stream");
                if (HttpUtil.is100ContinueExpected(request)) {
                    context.writeAndFlush(
                            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
                }
            }
            if (message instanceof LastHttpContent) {
                if (stream) {
                    stream(context, endless);
                } else {
                    ByteBuf body = Unpooled.wrappedBuffer(PREDICTION);
                    DefaultFullHttpResponse answer =
                            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
                    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8");
                    answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, PREDICTION.length);
                    context.writeAndFlush(answer);
                }
            }
        }

        private static void stream(ChannelHandlerContext context, boolean endless) {
            DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
            HttpUtil.setTransferEncodingChunked(head, true);
            context.write(head);
            if (endless) {
                slowEvent(context);
            } else {
                event(context, 0);
            }
        }

        /** For as long as the connection lasts, no faster than it is read. */
        private static void slowEvent(ChannelHandlerContext context) {
            if (!context.channel().isActive()) {
                return;
            }
            if (context.channel().isWritable()) {
                context.writeAndFlush(
                        new DefaultHttpContent(Unpooled.copiedBuffer(SLOW_EVENT, StandardCharsets.UTF_8)));
            }
            context.executor().schedule(() -> slowEvent(context), SLOWLY_MILLISECONDS, TimeUnit.MILLISECONDS);
        }

        /** One write per event, as a model makes them. */
        private static void event(ChannelHandlerContext context, int index) {
            if (index == EVENTS) {
                context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
            String data =
                    "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"piece " + index
                            + "\"}]}}],\"usageMetadata\":{\"promptTokenCount\":10,\"totalTokenCount\":" + (10 + index)
                            + "}}\n\n";
            context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(data, StandardCharsets.UTF_8)));
            context.executor().schedule(() -> event(context, index + 1), 2, TimeUnit.MILLISECONDS);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
