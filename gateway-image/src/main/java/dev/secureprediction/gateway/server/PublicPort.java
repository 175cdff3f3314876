package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.config.GatewayConfig;
import dev.secureprediction.gateway.credential.UpstreamCredential;
import dev.secureprediction.gateway.upstream.ModelTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public port: one server per event loop, one certificate. */
public final class PublicPort {
    private static final Logger LOG = LoggerFactory.getLogger(PublicPort.class);

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Handshakes handshakes;
    private final Optional<TlsFiles> tls;
    private volatile List<PublicServer> servers = List.of();
    private String certificateStamp = "";

    public PublicPort(Vertx vertx, GatewayConfig config, Handshakes handshakes) {
        this.vertx = vertx;
        this.config = config;
        this.handshakes = handshakes;
        this.tls = config.tlsDirectory().map(TlsFiles::new);
    }

    /**
     * Listens.
     *
     * @throws IOException when the certificate cannot be read
     */
    public void open(Pipeline pipeline, UpstreamCredential credential, int loops) throws IOException {
        Optional<ServerSSLOptions> certificate = Optional.empty();
        if (tls.isPresent()) {
            certificateStamp = tls.get().stamp();
            certificate = Optional.of(tls.get().read());
        }
        Optional<ServerSSLOptions> first = certificate;
        ModelTls modelTls = ModelTls.ofTheJvm();
        List<PublicServer> made = IntStream.range(0, loops)
                .mapToObj(loop -> new PublicServer(config, pipeline, credential, first, handshakes, modelTls))
                .toList();
        Future.all(made.stream().map(vertx::deployVerticle).toList()).await();
        servers = made;
    }

    /** Connects to a model on every event loop, for calls to come; fails while the port is not open. */
    public CompletableFuture<?> connect(String authority, Duration most) {
        List<PublicServer> listening = servers;
        return listening.isEmpty()
                ? CompletableFuture.failedFuture(new IllegalStateException("not listening yet"))
                : CompletableFuture.allOf(listening.stream()
                        .map(server -> server.connect(authority, most))
                        .toArray(CompletableFuture<?>[]::new));
    }

    /** Takes a certificate that was replaced; a bad one is refused and the old one stays. For one thread. */
    public void reloadCertificate() {
        if (tls.isEmpty() || servers.isEmpty() || tls.get().stamp().equals(certificateStamp)) {
            return;
        }
        certificateStamp = tls.get().stamp();
        try {
            ServerSSLOptions replaced = tls.get().read();
            for (PublicServer server : servers) {
                server.certificate(replaced)
                        .onSuccess(changed -> LOG.info("the certificate was replaced"))
                        .onFailure(e -> LOG.error("certificate refused, the one before stays: {}", e.getMessage()));
            }
        } catch (IOException e) {
            LOG.error("certificate refused, the one before stays: {}", e.getMessage());
        }
    }

    /** Takes no new connections; returns when all calls have ended, or the time is over. */
    public void drain(Duration most) throws InterruptedException {
        Future<?> drained = Future.join(
                servers.stream().map(server -> server.drain(most.toMillis())).toList());
        try {
            drained.await(most.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("calls were still running after {} s and are cut", most.toSeconds());
        } catch (RuntimeException e) {
            LOG.warn("draining failed", e);
        }
    }
}
