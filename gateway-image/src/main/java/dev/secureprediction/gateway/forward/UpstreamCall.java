package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.answer.AnswerEnd;
import dev.secureprediction.gateway.answer.AnswerExit;
import dev.secureprediction.gateway.answer.AnswerPath;
import dev.secureprediction.gateway.answer.AnswerPlan;
import dev.secureprediction.gateway.answer.Framing;
import dev.secureprediction.gateway.answer.Room;
import dev.secureprediction.gateway.answer.WatchingStage;
import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.credential.AccessToken;
import dev.secureprediction.gateway.credential.FreshToken;
import dev.secureprediction.gateway.credential.UpstreamCredential;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.health.Attempt;
import dev.secureprediction.gateway.health.Breakers;
import dev.secureprediction.gateway.health.UpstreamHealth;
import dev.secureprediction.gateway.pipeline.ReservedRequest;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.surface.UpstreamRequest;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Upstream;
import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call to the model. It runs on the event loop of the caller's connection and ends exactly once: with the answer's
 * end, with a refusal, or because the caller is gone. It is made once more where the model did no work, never after an
 * answer's first byte.
 */
final class UpstreamCall {
    private static final Duration CREDENTIAL_RETRY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HttpClient client;
    private final ReservedRequest request;
    private final Answer answer;
    private final CallRecord record;
    private final Room room;
    private final Optional<AnswerTranslation> translation;
    private final Deadlines deadlines;
    private final UpstreamRequest outgoing;
    private final AnswerPlan plan;
    private final UpstreamHealth health;
    private final Repetition repetition;

    private @Nullable Attempt attempt;
    private @Nullable HttpClientRequest upstreamRequest;
    private @Nullable AnswerRelay relay;
    private boolean over;

    UpstreamCall(
            Vertx vertx,
            HttpClient client,
            ReservedRequest request,
            Answer answer,
            CallRecord record,
            Room room,
            UpstreamHealth health,
            Optional<AnswerTranslation> translation) {
        this.vertx = vertx;
        this.client = client;
        this.request = request;
        this.answer = answer;
        this.record = record;
        this.room = room;
        this.translation = translation;
        this.health = health;
        this.repetition = new Repetition(health.retries());
        this.deadlines = new Deadlines(vertx, request.policy().bundle().timeouts(), this::expired);
        SurfaceModule module = SurfaceRegistry.standard().module(request.route().surface());
        this.plan = plan(request, module);
        this.outgoing = module.toUpstream(request.route(), request.answerForm(), request.upstream(), request.body());
    }

    /** Streams whose every frame is known are watched; whole answers with an error have a status that says so. */
    private static AnswerPlan plan(ReservedRequest request, SurfaceModule module) {
        AnswerPlan plan = request.answerPlan();
        boolean watched = plan.steps().isEmpty()
                && request.route().action() == Action.Stream
                && module.knowsStreams(request.route(), request.upstream().model());
        return watched ? plan.then(List.of(WatchingStage.STEP)) : plan;
    }

    /** The host is fixed first, then the token is fetched: no token is ever minted for a host that a caller chose. */
    void start(UpstreamCredential credential) {
        Upstream upstream = request.upstream();
        RequestOptions options = options(upstream);
        FreshToken token = credential.of(upstream.credential());
        Optional<AccessToken> ready = token.now();
        deadlines.begin();
        if (ready.isPresent()) {
            connect(options, token, ready.get());
            return;
        }
        Future.fromCompletionStage(token.get(), vertx.getOrCreateContext()).onComplete(minted -> {
            if (over) {
                return;
            }
            if (minted.succeeded()) {
                connect(options, token, minted.result());
            } else {
                fail(Refusal.of(ErrorCode.CREDENTIAL_UNAVAILABLE).withRetryAfter(CREDENTIAL_RETRY));
            }
        });
    }

    private RequestOptions options(Upstream upstream) {
        UpstreamAddress address = UpstreamAddress.of(upstream);
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(address.host())
                .setPort(address.port())
                .setURI(outgoing.target())
                .setConnectTimeout(request.policy().bundle().timeouts().connectMilliseconds());
    }

    private void connect(RequestOptions options, FreshToken source, AccessToken token) {
        Attempt next = health.breakers().attempt(request.upstream());
        attempt = next;
        if (!next.isGranted()) {
            fail(Refusal.of(ErrorCode.UPSTREAM_BREAKER_OPEN).withRetryAfter(Breakers.OPEN));
            return;
        }
        record.upstreamStarted();
        client.request(options).onComplete(connected -> {
            if (over) {
                connected.map(HttpClientRequest::reset); // too late
            } else if (connected.succeeded()) {
                deadlines.connected();
                send(connected.result(), source, token);
            } else if (connected.cause() instanceof ConnectionPoolTooBusyException) {
                fail(Refusal.of(ErrorCode.OVERLOADED, "CONNECT:ConnectionPoolTooBusyException"));
            } else {
                next.failed();
                repeatOrFail(
                        Refusal.of(
                                ErrorCode.UPSTREAM_UNREACHABLE,
                                "CONNECT:" + connected.cause().getClass().getSimpleName()),
                        source,
                        token);
            }
        });
    }

    /** These headers and no other: nothing of the caller's head goes on. */
    private void send(HttpClientRequest out, FreshToken source, AccessToken token) {
        upstreamRequest = out;
        out.putHeader(HttpHeaders.AUTHORIZATION, token.authorization());
        out.putHeader(HttpHeaders.CONTENT_TYPE, request.mediaType());
        out.putHeader(HttpHeaders.ACCEPT, "*/*");
        out.putHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        out.putHeader(HttpHeaders.USER_AGENT, "secure-prediction-gateway");
        out.putHeader("x-request-id", record.requestId());
        request.trafficTier().ifPresent(tier -> out.putHeader("x-vertex-ai-llm-shared-request-type", tier));
        record.trace().ifPresent(trace -> out.putHeader("traceparent", trace.traceparent()));
        out.response().onComplete(response -> answered(response, source, token));
        out.end(BufferInternal.buffer(Unpooled.wrappedBuffer(outgoing.body()))).onSuccess(sent -> {
            if (!over && relay == null) {
                deadlines.requestSent();
            }
        });
    }

    private void answered(AsyncResult<HttpClientResponse> result, FreshToken source, AccessToken token) {
        if (over) {
            return;
        }
        if (result.failed()) {
            tell(Attempt::failed);
            fail(Refusal.of(
                    ErrorCode.UPSTREAM_INTERRUPTED,
                    "BEFORE_ANSWER:" + result.cause().getClass().getSimpleName()));
            return;
        }
        HttpClientResponse response = result.result();
        record.upstreamAnswered(response.statusCode());
        deadlines.firstByte();
        if (response.statusCode() == 401) {
            source.reject(token);
        }
        tell(response.statusCode() == 429 || response.statusCode() >= 500 ? Attempt::failed : Attempt::succeeded);
        String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (response.statusCode() / 100 != 2) {
            collectError(response, refusal -> repeatOrFail(refusal, source, token));
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            fail(Refusal.of(ErrorCode.UPSTREAM_FAILED, "UPSTREAM_ENCODING"));
        } else {
            relay = AnswerRelay.start(
                    response,
                    answer,
                    deadlines,
                    plan,
                    request.policy().bundle().response().headers(),
                    this::path,
                    this::ended);
        }
    }

    private AnswerPath path(String contentType, AnswerExit exit) {
        return AnswerPath.open(
                plan,
                Framing.of(contentType, request.route().action() == Action.Stream),
                new AnswerPath.Reading(this::translated, request::read, this::errorInAnswer),
                exit,
                room,
                LoopOfCall.here(vertx));
    }

    private byte[] translated(byte[] frame) throws RefusedException {
        return translation.isPresent() ? translation.get().translate(frame) : frame;
    }

    /** An error that the model's API puts into an answer that began well. */
    private Refusal errorInAnswer(byte[] frame) {
        return UpstreamErrors.inAnswer(frame, request.upstream());
    }

    private void collectError(HttpClientResponse response, Consumer<Refusal> then) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(e -> fail(upstreamError(response, body)));
        response.handler(piece -> {
            deadlines.byteCame();
            body.appendBuffer(piece);
            if (body.length() > UpstreamErrors.MAX_BODY) {
                fail(upstreamError(response, Buffer.buffer()));
            }
        });
        response.endHandler(end -> {
            upstreamRequest = null; // complete: its connection may serve again
            then.accept(upstreamError(response, body));
        });
    }

    private Refusal upstreamError(HttpClientResponse response, Buffer body) {
        return UpstreamErrors.map(
                response.statusCode(),
                Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)),
                body.getBytes(),
                request.upstream());
    }

    /** The relay has ended: well, or in the middle of the answer. */
    private void ended(Optional<Refusal> interrupted) {
        if (over) {
            return;
        }
        if (interrupted.isPresent()) {
            fail(interrupted.get());
            return;
        }
        over = true;
        deadlines.end();
        record.upstreamEnded();
        settle(relay == null ? AnswerEnd.Kind.ERROR : relay.completeness());
        answer.end();
    }

    private void tell(Consumer<Attempt> what) {
        if (attempt != null) {
            what.accept(attempt);
        }
    }

    /** The model did no work on this call, which may be made once more. */
    private void repeatOrFail(Refusal refusal, FreshToken source, AccessToken token) {
        if (over) {
            return;
        }
        OptionalLong wait = repetition.after(refusal);
        if (wait.isEmpty()) {
            fail(refusal);
            return;
        }
        record.repeated();
        deadlines.betweenAttempts();
        vertx.setTimer(wait.getAsLong(), id -> {
            if (!over) {
                deadlines.again();
                connect(options(request.upstream()), source, source.now().orElse(token));
            }
        });
    }

    private void fail(Refusal refusal) {
        if (over) {
            return;
        }
        boolean begun = relay != null && relay.hasBegun();
        close(
                refusal.code() == ErrorCode.ANSWER_BLOCKED
                        ? AnswerEnd.Kind.BLOCKED
                        : relay == null && !mayHaveWorked(refusal) ? AnswerEnd.Kind.ERROR : AnswerEnd.Kind.BROKEN_OFF);
        if (begun) {
            answer.breakOff(refusal);
        } else {
            answer.refuse(refusal);
        }
    }

    private void expired(ErrorCode deadline) {
        tell(Attempt::failed);
        fail(Refusal.of(deadline));
    }

    /** Whether the model may have worked on the call although no answer came. */
    private static boolean mayHaveWorked(Refusal refusal) {
        return switch (refusal.code()) {
            case UPSTREAM_FIRST_BYTE_TIMEOUT, UPSTREAM_TOTAL_TIMEOUT, UPSTREAM_INTERRUPTED -> true;
            default -> false;
        };
    }

    /** The caller is gone: the model stops at once. */
    void abandon() {
        if (!over) {
            close(AnswerEnd.Kind.BROKEN_OFF);
        }
    }

    private void close(AnswerEnd.Kind kind) {
        over = true;
        tell(Attempt::abandoned);
        deadlines.end();
        if (relay != null) {
            relay.stop();
        }
        if (upstreamRequest != null) {
            upstreamRequest.reset();
        }
        record.upstreamEnded();
        settle(kind);
    }

    /** What was used is known, or will never be. */
    private void settle(AnswerEnd.Kind kind) {
        Optional<TokensUsed> usage = relay == null ? Optional.empty() : relay.usage();
        record.tokensUsed(usage);
        AnswerEnd end = new AnswerEnd(kind, usage);
        request.answerPlan().observers().forEach(observer -> observer.ended(end));
    }
}
