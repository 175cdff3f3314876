package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.config.GatewayConfig;
import dev.secureprediction.gateway.credential.UpstreamCredential;
import dev.secureprediction.gateway.forward.Forwarder;
import dev.secureprediction.gateway.upstream.ModelTls;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The public port on one event loop; several of these share it. */
public final class PublicServer extends VerticleBase {
    private static final int MAX_HEADERS = 32 * 1024;
    private static final int MAX_REQUEST_LINE = 4 * 1024;
    private static final int STREAMS = 200;
    private static final int STREAM_WINDOW = 256 * 1024;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final long LAST_WORDS_MILLISECONDS = 1_000;

    private final GatewayConfig config;
    private final Pipeline pipeline;
    private final UpstreamCredential credential;
    private final Optional<ServerSSLOptions> tls;
    private final Handshakes handshakes;
    private final ModelTls modelTls;
    private final RunningCalls running = new RunningCalls();
    private @Nullable HttpServer server;
    private @Nullable Forwarder forwarder;

    /**
     * A server that does not listen yet.
     *
     * @param tls certificate to begin with; absent: plaintext
     * @param handshakes those that have not ended
     * @param modelTls how models' servers prove their names
     */
    public PublicServer(
            GatewayConfig config,
            Pipeline pipeline,
            UpstreamCredential credential,
            Optional<ServerSSLOptions> tls,
            Handshakes handshakes,
            ModelTls modelTls) {
        this.config = config;
        this.pipeline = pipeline;
        this.credential = credential;
        this.tls = tls;
        this.handshakes = handshakes;
        this.modelTls = modelTls;
    }

    @Override
    public Future<?> start() {
        Forwarder made = Forwarder.over(vertx, modelTls, credential, pipeline.answers(), pipeline.health());
        forwarder = made;
        IdleConnections idle = IdleConnections.watchedBy(vertx);
        HttpServer created = vertx.createHttpServer(options());
        created.connectionHandler(connection -> {
            handshakes.ended(connection);
            HttpOneGuard.on(connection);
            idle.opened(connection);
        });
        created.invalidRequestHandler(new InvalidRequests(vertx, pipeline));
        created.requestHandler(request -> {
            idle.began(request);
            Exchange.begin(vertx, pipeline, made, running, request);
        });
        server = created;
        return created.listen(config.port(), config.bindAddress());
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                // by prior knowledge; no upgrade from HTTP/1.1 gets past HttpOneGuard
                .setHttp2ClearTextEnabled(tls.isEmpty())
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                // no WebSockets are spoken: without these two, no handler looks for them in each call
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(false)
                .setTcpNoDelay(true)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(STREAMS)
                        .setInitialWindowSize(STREAM_WINDOW)
                        .setMaxHeaderListSize(MAX_HEADERS));
        tls.ifPresent(certificate -> options.setSsl(true)
                .setSslEngineOptions(OpenSsl.isAvailable() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions())
                .setUseAlpn(true)
                .setKeyCertOptions(certificate.getKeyCertOptions())
                .setEnabledSecureTransportProtocols(certificate.getEnabledSecureTransportProtocols()));
        return options;
    }

    /** New connections get this certificate; open ones go on. */
    public Future<Boolean> certificate(ServerSSLOptions replaced) {
        HttpServer listening = server;
        return listening == null ? Future.succeededFuture(false) : listening.updateSSLOptions(replaced);
    }

    /** Connects to a model, for calls to come; once it listens. */
    CompletableFuture<Void> connect(String authority, Duration most) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Forwarder ready = Objects.requireNonNull(forwarder);
        context.runOnContext(now -> ready.connect(authority, most, done));
        return done;
    }

    /** Takes no new connection and waits for the running calls; those that last too long are ended just before. */
    public Future<Void> drain(long milliseconds) {
        HttpServer listening = server;
        if (listening == null) {
            return Future.succeededFuture();
        }
        long untilCut = Math.max(1, milliseconds - Math.min(LAST_WORDS_MILLISECONDS, milliseconds / 2));
        context.runOnContext(now -> vertx.setTimer(untilCut, id -> running.cutAll()));
        return listening.shutdown(milliseconds, TimeUnit.MILLISECONDS);
    }
}
