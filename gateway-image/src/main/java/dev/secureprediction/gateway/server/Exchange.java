package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.cache.StoredAnswer;
import dev.secureprediction.gateway.docs.Document;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.forward.Forwarder;
import dev.secureprediction.gateway.pipeline.AcceptedRequest;
import dev.secureprediction.gateway.pipeline.AdmittedRequest;
import dev.secureprediction.gateway.pipeline.AuthenticatedRequest;
import dev.secureprediction.gateway.pipeline.Authentication;
import dev.secureprediction.gateway.pipeline.AuthorizedRequest;
import dev.secureprediction.gateway.pipeline.GuardedRequest;
import dev.secureprediction.gateway.pipeline.InspectedRequest;
import dev.secureprediction.gateway.pipeline.Keeping;
import dev.secureprediction.gateway.pipeline.Recalled;
import dev.secureprediction.gateway.pipeline.RequestHead;
import dev.secureprediction.gateway.pipeline.ReservedRequest;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.surface.LocalAnswer;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.tokens.SignatureWork;
import dev.secureprediction.gateway.trace.TraceContext;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.GatewayRules;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on the public port: takes it through the stages and records how it ended. On one event loop. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final long BODY_MILLISECONDS = 30_000;
    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final int READ_ON_LOOP = 128 * 1024;
    private static final int SCREEN_ON_LOOP = 32 * 1024;

    private final Vertx vertx;
    private final Pipeline pipeline;
    private final Forwarder forwarder;
    private final HttpServerRequest request;
    private final CallRecord record;
    private final CallerAnswer answer;
    private final AuditedCall audited;
    private final UnreadBody unread;
    private final RunningCalls running;
    private final RequestHead head;

    private @Nullable CompletableFuture<AdmittedRequest> admitting;
    private @Nullable CompletableFuture<Recalled> recalling;
    private @Nullable Keeping keeping;
    private @Nullable Runnable abandonUpstream;
    private long bodyTimer = -1;

    private interface Stage {
        void run() throws RefusedException;
    }

    private interface NextStage<T> {
        void take(T made) throws RefusedException;
    }

    private Exchange(
            Vertx vertx,
            Pipeline pipeline,
            Forwarder forwarder,
            RunningCalls running,
            HttpServerRequest request,
            RequestHead head) {
        this.running = running;
        this.head = head;
        this.vertx = vertx;
        this.pipeline = pipeline;
        this.forwarder = forwarder;
        this.request = request;
        this.unread = new UnreadBody(vertx, request, head);
        this.record = CallRecord.begin(RequestIds.next(), Clock.systemUTC().instant());
        this.audited = new AuditedCall(pipeline.audit(), record);
        this.answer = new CallerAnswer(
                request.response(),
                new Outlet(vertx, request.response(), pipeline.answers(), head.heldLength(), this::clientStalled),
                record,
                () -> unread.mustClose() || pipeline.draining().hasBegun(),
                () -> end(Refusal.of(ErrorCode.OVERLOADED, "OVERLOADED:ANSWERS")),
                this::finished,
                unread::answeredLast);
    }

    static void begin(
            Vertx vertx, Pipeline pipeline, Forwarder forwarder, RunningCalls running, HttpServerRequest request) {
        request.pause();
        RequestHead head = Heads.of(request);
        Exchange exchange = new Exchange(vertx, pipeline, forwarder, running, request, head);
        running.began(exchange);
        exchange.guarded(() -> exchange.start(head));
    }

    private void start(RequestHead head) throws RefusedException {
        RouteMatch match = SurfaceRegistry.standard().match(head.method(), head.path());
        answer.errorShape(match.errorShape());
        if (match instanceof RouteMatch.Matched matched) {
            record.route(matched.route());
        }
        audited.takePlace(pipeline.policy().current());
        request.response().closeHandler(closed -> clientGone());
        request.response().exceptionHandler(e -> clientGone());
        request.exceptionHandler(e -> clientGone());
        PolicySnapshot policy =
                pipeline.policy().current().orElseThrow(() -> RefusedException.of(ErrorCode.POLICY_UNAVAILABLE));
        record.policy(policy);
        GatewayRules rules = policy.bundle().gateway();
        String address =
                pipeline.callers().address(request.remoteAddress().hostAddress(), head, rules.trustedProxies());
        record.clientAddress(address);
        trace(head);
        head.first("x-request-id").ifPresent(record::clientRequestId);
        Optional<Cors> cors = Cors.of(head, rules.corsOrigins());
        if (cors.isPresent() && Cors.isPreflight(head)) {
            record.preflight();
            answer.preflight(cors.get());
            return;
        }
        cors.ifPresent(answer::cors);
        AcceptedRequest accepted = pipeline.acceptor().accept(head, match, policy);
        SignatureWork work = pipeline.callers().work(address);
        switch (pipeline.authenticator().authenticate(accepted, work)) {
            case Authentication.Done done -> authenticated(done.request());
            case Authentication.Waiting waiting ->
                Future.fromCompletionStage(waiting.keysLooked(), vertx.getOrCreateContext())
                        .onComplete(looked -> guarded(
                                () -> authenticated(pipeline.authenticator().authenticateNow(accepted, work))));
        }
    }

    /** Goes on with the caller's trace, or begins one where spans are exported. */
    private void trace(RequestHead head) {
        Optional<TraceContext> begun = head.first("traceparent").flatMap(TraceContext::from);
        if (begun.isEmpty() && pipeline.spans().areExported()) {
            begun = Optional.of(TraceContext.begin());
        }
        begun.ifPresent(record::trace);
    }

    private void authenticated(AuthenticatedRequest authenticated) throws RefusedException {
        record.caller(authenticated.caller());
        if (pipeline.documents()
                .has(authenticated.head().method(), authenticated.head().path(), authenticated.policy())) {
            show(pipeline.documents().get(authenticated.head().path(), authenticated.policy()));
            return;
        }
        AuthorizedRequest authorized = pipeline.authorizer().authorize(authenticated);
        if (authorized.isSettled()) {
            record.permitted(authorized.role().name());
        }
        CompletableFuture<AdmittedRequest> place = pipeline.admission().admit(authorized);
        admitting = place;
        after(place, this::readBody);
    }

    /** Whoever has a token of the policy's issuers may read how the endpoint is called. */
    private void show(Document document) {
        record.documentRead();
        answer.gzipWhereAccepted(head);
        document.contentSecurityPolicy()
                .ifPresent(policy -> request.response().putHeader("content-security-policy", policy));
        answerHere(document.contentType(), document.body());
    }

    private void readBody(AdmittedRequest place) {
        place.pass().state().ifPresent(answer::quota);
        place.pass().counted().ifPresent(record::limitsCounted);
        if (request.headers().contains("Expect")) {
            request.response().writeContinue();
        }
        request.handler(piece -> guarded(() -> append(place, piece)));
        request.endHandler(end -> guarded(() -> {
            vertx.cancelTimer(bodyTimer);
            if (HttpOneGuard.sawBrokenBody(request.connection())) {
                throw RefusedException.of(ErrorCode.REQUEST_MALFORMED, "BODY_FRAMING");
            }
            unread.complete();
            record.bytesIn(place.received());
            inspect(place);
        }));
        request.resume();
        // most bodies came with their head and are read by now
        if (!unread.isComplete() && !answer.isOver()) {
            bodyTimer = vertx.setTimer(
                    BODY_MILLISECONDS,
                    id -> guarded(() -> {
                        throw RefusedException.of(ErrorCode.BODY_TIMEOUT);
                    }));
        }
    }

    /** The piece is a copy already, made by the server for us alone. */
    private static void append(AdmittedRequest place, Buffer piece) throws RefusedException {
        ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
        boolean whole = bytes.hasArray() && bytes.array().length == bytes.readableBytes();
        place.append(whole ? bytes.array() : piece.getBytes());
    }

    private void inspect(AdmittedRequest place) throws RefusedException {
        // reading takes less than a millisecond for that much, matching it against expressions may take much longer
        boolean onlyRead = place.policy().schema().isEmpty()
                && place.policy().bundle().guardrails().isEmpty();
        if (place.received() <= (onlyRead ? READ_ON_LOOP : SCREEN_ON_LOOP)) {
            guard(pipeline.inspector().inspect(place));
            return;
        }
        after(vertx.executeBlocking(() -> pipeline.inspector().inspect(place), false), this::guard);
    }

    private void guard(InspectedRequest inspected) throws RefusedException {
        Route route = inspected.route();
        record.route(route);
        record.permitted(inspected.role().name());
        if (route.action() != Action.Stream) {
            answer.gzipWhereAccepted(head);
        }
        Optional<LocalAnswer> here = SurfaceRegistry.standard()
                .module(route.surface())
                .answerHere(route, inspected.policy().bundle());
        if (here.isPresent()) {
            answerHere(here.get().contentType(), here.get().body());
        } else {
            audited.prompt(inspected.policy(), inspected.body());
            after(pipeline.guard().guard(inspected, record.verdicts()), this::recall);
        }
    }

    private void recall(GuardedRequest guarded) throws RefusedException {
        // what a guardrail masked is not for the audit log either
        audited.prompt(guarded.inspected().policy(), guarded.body());
        CompletableFuture<Recalled> looking = pipeline.recaller().recall(guarded);
        recalling = looking;
        after(looking, this::recalled);
    }

    private void recalled(Recalled recalled) throws RefusedException {
        switch (recalled) {
            case Recalled.Hit hit -> {
                StoredAnswer found = hit.answer();
                record.cacheHit(Duration.between(found.storedAt(), Instant.now()));
                answerHere(found.contentType(), found.body());
            }
            case Recalled.Miss miss -> {
                record.cacheMiss();
                keeping = miss.keeping();
                reserve(miss.request());
            }
            case Recalled.Bypass bypass -> reserve(bypass.request());
        }
    }

    private void answerHere(String contentType, byte[] body) {
        answer.begin(200, contentType, OptionalLong.of(body.length));
        answer.write(Buffer.buffer(body));
        answer.end();
    }

    private void reserve(GuardedRequest guarded) throws RefusedException {
        after(pipeline.reserver().reserve(guarded), this::forward);
    }

    private void forward(ReservedRequest reserved) {
        reserved.reservation().state().ifPresent(answer::quota);
        record.tokensReserved(reserved.reservation().tokens());
        abandonUpstream = forwarder.forward(
                reserved, keeping == null ? answer : new KeptAnswer(answer, keeping, Clock.systemUTC()), record);
    }

    /** Goes on with what a stage made: at once where it is there, else on this call's event loop. */
    private <T> void after(CompletableFuture<T> made, NextStage<T> next) throws RefusedException {
        if (made.isDone() && !made.isCompletedExceptionally()) {
            next.take(made.join());
        } else {
            after(Future.fromCompletionStage(made, vertx.getOrCreateContext()), next);
        }
    }

    private <T> void after(Future<T> made, NextStage<T> next) {
        made.onComplete(done -> guarded(() -> {
            Throwable cause = done.cause() instanceof CompletionException wrapped ? wrapped.getCause() : done.cause();
            if (cause instanceof RefusedException refused) {
                throw refused;
            }
            if (done.failed()) {
                throw new IllegalStateException(done.cause());
            }
            next.take(done.result());
        }));
    }

    /** Runs a stage unless the call is over; whatever goes wrong becomes an answer. */
    private void guarded(Stage stage) {
        if (answer.isOver()) {
            return;
        }
        try {
            stage.run();
        } catch (RefusedException e) {
            answer.refuse(e.refusal());
        } catch (RuntimeException e) {
            LOG.error("request {} failed", record.requestId(), e);
            if (request.response().headWritten()) {
                answer.breakOff(Refusal.of(ErrorCode.INTERNAL_ERROR));
            } else {
                answer.refuse(Refusal.of(ErrorCode.INTERNAL_ERROR));
            }
        }
    }

    /** The gateway ends before this call does: the model stops, the caller is told in its surface's own way. */
    void cut() {
        end(Refusal.of(ErrorCode.SHUTTING_DOWN).withRetryAfter(SHORTLY));
    }

    private void end(Refusal refusal) {
        if (answer.isOver()) {
            return;
        }
        if (abandonUpstream != null) {
            abandonUpstream.run();
        }
        if (request.response().headWritten()) {
            answer.breakOff(refusal);
        } else {
            answer.refuse(refusal);
        }
    }

    private void clientGone() {
        if (!answer.isOver() && abandonUpstream != null) {
            abandonUpstream.run();
        }
        answer.gone();
    }

    /** Whoever reads nothing holds a place and a connection to the model all the same: it is as if they were gone. */
    private void clientStalled() {
        clientGone();
        request.response().reset();
    }

    /** The answer has ended: everything the call held is given back, and its record is written. */
    private void finished() {
        vertx.cancelTimer(bodyTimer);
        if (admitting != null) {
            leave(admitting);
        }
        if (recalling != null) {
            // whoever waits for this answer waits no longer
            if (recalling.isDone() && !recalling.isCompletedExceptionally()) {
                giveUp(recalling.join());
            } else {
                Future.fromCompletionStage(recalling).onSuccess(Exchange::giveUp);
            }
        }
        unread.settle();
        running.ended(this);
        pipeline.metrics().ended(record);
        pipeline.spans().ended(record);
        audited.ended();
    }

    private static void giveUp(Recalled recalled) {
        if (recalled instanceof Recalled.Miss miss) {
            miss.keeping().abandon();
        }
    }

    /** Gives the place back, also one that comes too late. */
    private void leave(CompletableFuture<AdmittedRequest> place) {
        if (!place.isDone()) {
            Future.fromCompletionStage(place).onSuccess(AdmittedRequest::close);
        } else if (!place.isCompletedExceptionally()) {
            AdmittedRequest admitted = place.join();
            record.bytesIn(admitted.received());
            admitted.close();
        }
    }
}
