package dev.secureprediction.gateway.audit;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.guardrail.Verdicts;
import dev.secureprediction.gateway.limits.Taken.Counted;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.trace.TraceContext;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call, filled as it passes the stages. It has no place for a header, a body or a token. For one
 * thread at a time; frozen by handing it to the log.
 */
public final class CallRecord {
    private static final Set<ErrorCode> DENIALS = EnumSet.of(
            ErrorCode.ACCESS_DENIED,
            ErrorCode.CONTENT_REFUSED,
            ErrorCode.CONTENT_BLOCKED,
            ErrorCode.CONTENT_UNSCREENABLE,
            ErrorCode.SCREENING_UNAVAILABLE);
    private static final int MAX_CLIENT_ID = 128;

    final String requestId;
    final Instant startedAt;
    private final long startedNanos;

    @Nullable
    PolicySnapshot policy;

    @Nullable
    Route route;

    @Nullable
    Caller caller;

    @Nullable
    String role;

    @Nullable
    Refusal refusal;

    private final Verdicts verdicts = new Verdicts();

    /** Keyed hash of the prompt; only where the policy wants that. */
    @Nullable
    String promptHash;

    /** The prompt itself; only where the policy wants that. Counted in the log's memory. */
    byte @Nullable [] promptText;

    /** What the caller called the call; a label, trusted for nothing. */
    @Nullable
    String clientRequestId;

    /** Where the call came from. */
    @Nullable
    String clientAddress;

    boolean promptLost;

    /** The trace it belongs to; only where the caller or this gateway traces. */
    @Nullable
    TraceContext trace;

    /** What the gateway answers outside every surface. */
    @Nullable
    String ownRoute;

    boolean permitted;
    OptionalInt status = OptionalInt.empty();
    OptionalInt upstreamStatus = OptionalInt.empty();
    Optional<TokensUsed> tokensUsed = Optional.empty();
    Optional<Duration> decidedAfter = Optional.empty();
    Optional<Duration> firstByteAfter = Optional.empty();
    Optional<Duration> upstreamTook = Optional.empty();
    Duration took = Duration.ZERO;
    long bytesIn;
    long bytesOut;

    @Nullable
    Counted limitsCounted;

    long tokensReserved;
    boolean repeated;
    Optional<Boolean> cacheHit = Optional.empty();
    Duration cacheAge = Duration.ZERO;

    private long upstreamStartedNanos;

    private CallRecord(String requestId, Instant startedAt, long startedNanos) {
        this.requestId = requestId;
        this.startedAt = startedAt;
        this.startedNanos = startedNanos;
    }

    /** A call that begins now. */
    public static CallRecord begin(String requestId, Instant now) {
        return new CallRecord(requestId, now, System.nanoTime());
    }

    public String requestId() {
        return requestId;
    }

    public void policy(PolicySnapshot value) {
        policy = value;
    }

    public void route(Route value) {
        route = value;
    }

    /** A caller's own `x-request-id`; kept where it is short and printable. */
    public void clientRequestId(String value) {
        if (value.length() <= MAX_CLIENT_ID && value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            clientRequestId = value;
        }
    }

    public void trace(TraceContext value) {
        trace = value;
    }

    public Optional<TraceContext> trace() {
        return Optional.ofNullable(trace);
    }

    public void clientAddress(String value) {
        clientAddress = value;
    }

    public void caller(Caller value) {
        caller = value;
    }

    /** What guardrails say of it. */
    public Verdicts verdicts() {
        return verdicts;
    }

    /** The decision was to let the call pass. */
    public void permitted(String byRole) {
        role = byRole;
        permitted = true;
        if (decidedAfter.isEmpty()) {
            decidedAfter = Optional.of(sinceStart());
        }
    }

    /** A browser asked whether it may call, and was told. */
    public void preflight() {
        ownRoute = "preflight";
        permitted = true;
    }

    /** A caller with a token reads a document of the endpoint. */
    public void documentRead() {
        ownRoute = "docs";
        permitted = true;
    }

    /** The call ends without, or in the middle of, the model's answer. */
    public void refused(Refusal value) {
        refusal = value;
        if (upstreamStartedNanos == 0 && DENIALS.contains(value.code())) {
            permitted = false; // the role allowed the call, but not what its body turned out to hold
        }
        if (decidedAfter.isEmpty()) {
            decidedAfter = Optional.of(sinceStart());
        }
    }

    public void bytesIn(long value) {
        bytesIn = value;
    }

    public void addBytesOut(long more) {
        bytesOut += more;
    }

    /** The answer was there already, for so long. */
    public void cacheHit(Duration age) {
        cacheHit = Optional.of(true);
        cacheAge = age;
    }

    /** The answer was looked for in vain. */
    public void cacheMiss() {
        cacheHit = Optional.of(false);
    }

    /** Whether the answer was there already; empty: none was looked for. */
    public Optional<Boolean> cache() {
        return cacheHit;
    }

    /** The model is called once more. */
    public void repeated() {
        repeated = true;
    }

    public void upstreamStarted() {
        upstreamStartedNanos = System.nanoTime();
    }

    public void upstreamAnswered(int value) {
        upstreamStatus = OptionalInt.of(value);
        firstByteAfter = Optional.of(Duration.ofNanos(System.nanoTime() - upstreamStartedNanos));
    }

    /** The upstream call has ended, however. */
    public void upstreamEnded() {
        if (upstreamStartedNanos != 0 && upstreamTook.isEmpty()) {
            upstreamTook = Optional.of(Duration.ofNanos(System.nanoTime() - upstreamStartedNanos));
        }
    }

    /** Where the call was counted against limits. */
    public void limitsCounted(Counted value) {
        limitsCounted = value;
    }

    /** Who counted it against its limits; empty: nobody. */
    public Optional<Counted> limits() {
        return Optional.ofNullable(limitsCounted);
    }

    /** What was taken of a token budget before the call; 0: there is none. */
    public void tokensReserved(long value) {
        tokensReserved = value;
    }

    public void tokensUsed(Optional<TokensUsed> value) {
        tokensUsed = value;
    }

    /** The answer's end; nothing is changed after this. */
    public void ended(int answerStatus) {
        status = OptionalInt.of(answerStatus);
        upstreamEnded();
        took = sinceStart();
    }

    public Optional<Route> theRoute() {
        return Optional.ofNullable(route);
    }

    /** Stable code of what went wrong, or `OK`. */
    public String code() {
        return refusal == null ? "OK" : refusal.code().name();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** From the call's start to the call to the model; only where there was one. */
    public Duration upstreamStartedAfter() {
        return Duration.ofNanos(Math.max(0, upstreamStartedNanos - startedNanos));
    }

    /** From the call to the model to the first byte of its answer. */
    public Optional<Duration> firstByteAfter() {
        return firstByteAfter;
    }

    /** HTTP status of the answer; 0 before its end. */
    public int answerStatus() {
        return status.orElse(0);
    }

    public Optional<TokensUsed> usage() {
        return tokensUsed;
    }

    /** Name of the policy's model. */
    public Optional<String> modelName() {
        return Optional.ofNullable(policy)
                .map(snapshot -> snapshot.bundle().upstream().model())
                .map(model -> switch (model) {
                    case Model.Endpoint endpoint -> endpoint.endpointId();
                    case Model.Publisher publisher -> publisher.name();
                });
    }

    public Duration took() {
        return took;
    }

    public Optional<Duration> upstreamTook() {
        return upstreamTook;
    }

    public boolean isPermitted() {
        return permitted;
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
