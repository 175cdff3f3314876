package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.limits.Limiter;
import dev.secureprediction.gateway.limits.Pass;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fourth stage: is there room, and is the announced body acceptable? What all running calls hold in memory is bounded,
 * so that large bodies make callers wait instead of ending the process.
 */
public final class Admission {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final int maxCalls;
    private final long maxBytes;
    private final Limiter limiter;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Room for this much.
     *
     * @param maxCalls calls at a time
     * @param maxBytes bytes of request bodies at a time
     * @param limiter holds callers to their roles' limits
     */
    public Admission(int maxCalls, long maxBytes, Limiter limiter) {
        this.maxCalls = maxCalls;
        this.maxBytes = maxBytes;
        this.limiter = limiter;
    }

    /**
     * Takes a place, and counts the call against its role's limits; {@link AdmittedRequest#close} gives the place back.
     * Fails with a {@link RefusedException} where a limit is reached.
     */
    public CompletableFuture<AdmittedRequest> admit(AuthorizedRequest request) throws RefusedException {
        RequestHead head = request.head();
        BodyType type = BodyType.of(head.first("Content-Type"), request.route(), request.policy());
        boolean gzip = isGzip(head.first("Content-Encoding"));
        long limit = request.policy().bundle().request().maxBytes();
        Optional<Long> announced = head.first("Content-Length").map(Long::parseLong);
        if (announced.isPresent() && announced.get() > limit) {
            throw tooLarge(limit);
        }
        if (calls.incrementAndGet() > maxCalls) {
            calls.decrementAndGet();
            throw overloaded("CALLS");
        }
        CompletableFuture<Pass> counted = enter(request);
        if (counted.isDone() && !counted.isCompletedExceptionally()) {
            return CompletableFuture.completedFuture(
                    new AdmittedRequest(request, this, type, counted.join(), gzip, limit));
        }
        return counted.whenComplete((pass, refused) -> {
                    if (refused != null) {
                        leave(0);
                    }
                })
                .thenApply(pass -> new AdmittedRequest(request, this, type, pass, gzip, limit));
    }

    /** Where the body will say which of several roles applies, the call counts for each of them. */
    private CompletableFuture<Pass> enter(AuthorizedRequest request) {
        CompletableFuture<Pass> counted = limiter.enter(request.policy().bundle(), request.role(), request.caller());
        for (AuthorizedRequest.Candidate candidate : request.candidates()) {
            if (!candidate.role().name().equals(request.role().name())) {
                counted = counted.thenCompose(first -> limiter.enter(
                                request.policy().bundle(), candidate.role(), request.caller())
                        .whenComplete((second, refused) -> {
                            if (refused != null) {
                                first.close();
                            }
                        })
                        .thenApply(first::and));
            }
        }
        return counted;
    }

    /** Calls that run now. */
    public int running() {
        return calls.get();
    }

    void reserve(long more) throws RefusedException {
        if (bytes.addAndGet(more) > maxBytes) {
            bytes.addAndGet(-more);
            throw overloaded("BYTES");
        }
    }

    void leave(long held) {
        bytes.addAndGet(-held);
        calls.decrementAndGet();
    }

    static RefusedException tooLarge(long limit) {
        return new RefusedException(Refusal.of(ErrorCode.BODY_TOO_LARGE)
                .withMessage(ErrorCode.BODY_TOO_LARGE.message() + " At most " + limit + " bytes."));
    }

    private static RefusedException overloaded(String what) {
        return new RefusedException(
                Refusal.of(ErrorCode.OVERLOADED, "OVERLOADED:" + what).withRetryAfter(RETRY));
    }

    private static boolean isGzip(Optional<String> encoding) throws RefusedException {
        return switch (encoding.orElse("identity").toLowerCase(Locale.ROOT)) {
            case "identity" -> false;
            case "gzip" -> true;
            default -> throw RefusedException.of(ErrorCode.ENCODING_REFUSED);
        };
    }
}
