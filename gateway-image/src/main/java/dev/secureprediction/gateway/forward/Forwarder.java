package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.answer.Room;
import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.credential.UpstreamCredential;
import dev.secureprediction.gateway.health.UpstreamHealth;
import dev.secureprediction.gateway.pipeline.ReservedRequest;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.upstream.ModelConnections;
import dev.secureprediction.gateway.upstream.ModelTls;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls the model. One for each event loop, so that both sides of a call run on the same one. */
public final class Forwarder {
    private final LoopOfCall loop;
    private final ModelConnections models;
    private final UpstreamCredential credential;
    private final Room room;
    private final UpstreamHealth health;

    private Forwarder(
            LoopOfCall loop, ModelConnections models, UpstreamCredential credential, Room room, UpstreamHealth health) {
        this.loop = loop;
        this.models = models;
        this.credential = credential;
        this.room = room;
        this.health = health;
    }

    /**
     * A forwarder on the current event loop.
     *
     * @param tls how models' servers prove their names
     * @param room what all answers together may hold in memory
     * @param health what is known of the model, shared by all loops
     */
    public static Forwarder over(
            Vertx vertx, ModelTls tls, UpstreamCredential credential, Room room, UpstreamHealth health) {
        LoopOfCall loop = LoopOfCall.here(vertx);
        return new Forwarder(loop, loop.connections(tls), credential, room, health);
    }

    /**
     * Opens a connection for calls to come, or finds one open. On the forwarder's event loop.
     *
     * @param authority `host` or `host:port`
     * @param done told how it went
     */
    public void connect(String authority, Duration most, CompletableFuture<Void> done) {
        UpstreamAddress address = UpstreamAddress.of(authority);
        models.take(
                address.host(),
                address.port(),
                most.toMillis(),
                taken -> {
                    taken.giveBack();
                    done.complete(null);
                },
                done::completeExceptionally);
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
                loop, models, request, caller, record, room, health, framed ? translation : Optional.empty());
        call.start(credential);
        return call::abandon;
    }
}
