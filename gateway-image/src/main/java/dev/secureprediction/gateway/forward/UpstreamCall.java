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
import dev.secureprediction.gateway.upstream.AnswerListener;
import dev.secureprediction.gateway.upstream.ModelAnswer;
import dev.secureprediction.gateway.upstream.ModelConnection;
import dev.secureprediction.gateway.upstream.ModelConnections;
import dev.secureprediction.gateway.upstream.ModelRequest;
import dev.secureprediction.gateway.upstream.TooManyConnectionsException;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.model.Action;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call to the model. It runs on the event loop of the caller's connection and ends exactly once: with the answer's
 * end, with a refusal, or because the caller is gone. It is made once more where the model did no work, never after an
 * answer's first byte.
 */
final class UpstreamCall {
    private static final Duration CREDENTIAL_RETRY = Duration.ofSeconds(5);

    private final LoopOfCall loop;
    private final ModelConnections models;
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
    private @Nullable ModelConnection connection;
    private @Nullable AnswerRelay relay;
    private BooleanSupplier inLine = () -> false;
    private boolean over;

    UpstreamCall(
            LoopOfCall loop,
            ModelConnections models,
            ReservedRequest request,
            Answer answer,
            CallRecord record,
            Room room,
            UpstreamHealth health,
            Optional<AnswerTranslation> translation) {
        this.loop = loop;
        this.models = models;
        this.request = request;
        this.answer = answer;
        this.record = record;
        this.room = room;
        this.translation = translation;
        this.health = health;
        this.repetition = new Repetition(health.retries());
        this.deadlines = new Deadlines(loop, request.policy().bundle().timeouts(), this::expired);
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
        FreshToken token = credential.of(request.upstream().credential());
        Optional<AccessToken> ready = token.now();
        deadlines.begin();
        if (ready.isPresent()) {
            connect(token, ready.get());
            return;
        }
        loop.when(token.get(), (minted, failed) -> {
            if (over) {
                return;
            }
            if (failed == null) {
                connect(token, minted);
            } else {
                fail(Refusal.of(ErrorCode.CREDENTIAL_UNAVAILABLE).withRetryAfter(CREDENTIAL_RETRY));
            }
        });
    }

    private void connect(FreshToken source, AccessToken token) {
        deadlines.connecting(); // minting a token takes none of this time
        Attempt next = health.breakers().attempt(request.upstream());
        attempt = next;
        if (!next.isGranted()) {
            fail(Refusal.of(ErrorCode.UPSTREAM_BREAKER_OPEN).withRetryAfter(Breakers.OPEN));
            return;
        }
        record.upstreamStarted();
        UpstreamAddress address = UpstreamAddress.of(request.upstream());
        inLine = models.take(
                address.host(),
                address.port(),
                request.policy().bundle().timeouts().connectMilliseconds(),
                taken -> loop.enter(() -> connected(taken, source, token)),
                cause -> loop.enter(() -> notConnected(cause, next, source, token)));
    }

    private void notConnected(Throwable cause, Attempt tried, FreshToken source, AccessToken token) {
        if (over) {
            return;
        }
        String reason = "CONNECT:" + cause.getClass().getSimpleName();
        if (cause instanceof TooManyConnectionsException) {
            fail(Refusal.of(ErrorCode.OVERLOADED, reason));
            return;
        }
        tried.failed();
        repeatOrFail(Refusal.of(ErrorCode.UPSTREAM_UNREACHABLE, reason), source, token);
    }

    private void connected(ModelConnection taken, FreshToken source, AccessToken token) {
        if (over) {
            taken.giveBack(); // too late
            return;
        }
        deadlines.connected();
        connection = taken;
        taken.send(outgoing(token), new Listening(source, token));
    }

    /** These headers and no other: nothing of the caller's head goes on. */
    private ModelRequest outgoing(AccessToken token) {
        ModelRequest out = ModelRequest.post(outgoing.target(), outgoing.body())
                .with("authorization", token.authorization())
                .with("content-type", request.mediaType())
                .with("accept", "*/*")
                .with("accept-encoding", "identity")
                .with("user-agent", "secure-prediction-gateway")
                .with("x-request-id", record.requestId());
        request.trafficTier().ifPresent(tier -> out.with("x-vertex-ai-llm-shared-request-type", tier));
        record.trace().ifPresent(trace -> out.with("traceparent", trace.traceparent()));
        return out;
    }

    /** What becomes of one attempt. */
    private final class Listening implements AnswerListener {
        private final FreshToken source;
        private final AccessToken token;
        private @Nullable ErrorBody errorBody;

        Listening(FreshToken source, AccessToken token) {
            this.source = source;
            this.token = token;
        }

        @Override
        public void sent() {
            if (!over && relay == null) {
                deadlines.requestSent();
            }
        }

        @Override
        public void began(ModelAnswer answered) {
            loop.enter(() -> {
                if (over) {
                    return;
                }
                int status = answered.status();
                record.upstreamAnswered(status);
                deadlines.firstByte();
                if (status == 401) {
                    source.reject(token);
                }
                tell(status == 429 || status >= 500 ? Attempt::failed : Attempt::succeeded);
                if (status / 100 == 2) {
                    relay(answered);
                } else {
                    errorBody = new ErrorBody(answered, request.upstream());
                }
            });
        }

        @Override
        public void bytes(byte[] piece) {
            loop.enter(() -> {
                if (relay != null) {
                    relay.pass(piece);
                } else if (errorBody != null) {
                    deadlines.byteCame();
                    if (!errorBody.take(piece)) {
                        fail(errorBody.refusal());
                    }
                }
            });
        }

        @Override
        public void complete() {
            connection = null; // it may serve another call
            loop.enter(() -> {
                if (relay != null) {
                    relay.complete();
                } else if (errorBody != null) {
                    repeatOrFail(errorBody.refusal(), source, token);
                }
            });
        }

        @Override
        public void broken(Throwable cause) {
            connection = null;
            loop.enter(() -> {
                if (relay != null) {
                    relay.broken(cause);
                } else if (errorBody != null) {
                    fail(errorBody.refusal());
                } else if (!over) {
                    tell(Attempt::failed);
                    fail(Refusal.of(
                            ErrorCode.UPSTREAM_INTERRUPTED,
                            "BEFORE_ANSWER:" + cause.getClass().getSimpleName()));
                }
            });
        }
    }

    private void relay(ModelAnswer answered) {
        String encoding = answered.header(HttpHeaderNames.CONTENT_ENCODING).orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            fail(Refusal.of(ErrorCode.UPSTREAM_FAILED, "UPSTREAM_ENCODING"));
            return;
        }
        relay = AnswerRelay.start(
                answered,
                answer,
                deadlines,
                plan,
                request.policy().bundle().response().headers(),
                health.versions()
                        .look(
                                request.upstream().model(),
                                request.policy().bundle().upstream().model()),
                this::path,
                this::ended);
    }

    private AnswerPath path(String contentType, AnswerExit exit) {
        return AnswerPath.open(
                plan,
                Framing.of(contentType, request.route().action() == Action.Stream),
                new AnswerPath.Reading(this::translated, request::read, this::errorInAnswer),
                exit,
                room,
                loop);
    }

    private byte[] translated(byte[] frame) throws RefusedException {
        return translation.isPresent() ? translation.get().translate(frame) : frame;
    }

    /** An error that the model's API puts into an answer that began well. */
    private Refusal errorInAnswer(byte[] frame) {
        return UpstreamErrors.inAnswer(frame, request.upstream());
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
        loop.after(wait.getAsLong(), () -> {
            if (!over) {
                connect(source, source.now().orElse(token));
            }
        });
    }

    private void fail(Refusal refusal) {
        if (over) {
            return;
        }
        boolean begun = relay != null && relay.hasBegun();
        close(
                refusal.code().endsAnswer()
                        ? AnswerEnd.Kind.BLOCKED
                        : relay == null && !mayHaveWorked(refusal) ? AnswerEnd.Kind.ERROR : AnswerEnd.Kind.BROKEN_OFF);
        if (begun) {
            answer.breakOff(refusal);
        } else {
            answer.refuse(refusal);
        }
    }

    private void expired(ErrorCode deadline) {
        boolean unasked = deadline == ErrorCode.UPSTREAM_CONNECT_TIMEOUT && inLine.getAsBoolean();
        tell(unasked ? Attempt::abandoned : Attempt::failed);
        fail(unasked ? Refusal.of(ErrorCode.OVERLOADED, "CONNECT:IN_LINE") : Refusal.of(deadline));
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
        if (connection != null) {
            connection.abandon();
            connection = null;
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
