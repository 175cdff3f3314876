package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.answer.Room;
import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.credential.UpstreamCredential;
import dev.secureprediction.gateway.health.UpstreamHealth;
import dev.secureprediction.gateway.pipeline.ReservedRequest;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.util.Optional;

/** Calls the model. One for each event loop, so that both sides of a call run on the same one. */
public final class Forwarder {
    private static final int CONNECTIONS = 1_024;
    private static final int WAITING = 256;
    private static final int KEEP_ALIVE_SECONDS = 60;

    // read at a time; a model that is not read on has sent so much, and twice that stands in the kernel
    private static final int RECEIVED = 16 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final UpstreamCredential credential;
    private final Room room;
    private final UpstreamHealth health;

    private Forwarder(Vertx vertx, HttpClient client, UpstreamCredential credential, Room room, UpstreamHealth health) {
        this.vertx = vertx;
        this.client = client;
        this.credential = credential;
        this.room = room;
        this.health = health;
    }

    /**
     * A forwarder over TLS with the JVM's trust store. HTTP/1.1, so that ending a call ends its connection at once and no
     * call waits behind another.
     *
     * @param room what all answers together may hold in memory
     * @param health what is known of the model, shared by all loops
     */
    public static Forwarder over(Vertx vertx, UpstreamCredential credential, Room room, UpstreamHealth health) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(true)
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setDecompressionSupported(false)
                .setReceiveBufferSize(RECEIVED)
                .setMaxHeaderSize(64 * 1024)
                .setTcpNoDelay(true);
        if (OpenSSLEngineOptions.isAvailable()) {
            // the JDK's engine takes a third of a call's time and most of a new gateway's warm-up
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING);
        return new Forwarder(vertx, vertx.createHttpClient(options, pool), credential, room, health);
    }

    /**
     * Starts the call; the answer hears of its end.
     *
     * @return ends the call when the caller is gone
     */
    public Runnable forward(ReservedRequest request, Answer answer, CallRecord record) {
        health.retries().called(request.policy().bundle().retries().budgetPercent());
        Optional<AnswerTranslation> translation = SurfaceRegistry.standard()
                .module(request.route().surface())
                .fromUpstream(request.route(), request.policy().bundle(), request.body());
        // frames are translated before they are screened: screeners read what the caller gets
        boolean framed = request.answerPlan().wantsFrames();
        Answer caller = framed
                ? answer
                : translation
                        .<Answer>map(made -> new TranslatedAnswer(answer, made))
                        .orElse(answer);
        UpstreamCall call = new UpstreamCall(
                vertx, client, request, caller, record, room, health, framed ? translation : Optional.empty());
        call.start(credential);
        return call::abandon;
    }
}
