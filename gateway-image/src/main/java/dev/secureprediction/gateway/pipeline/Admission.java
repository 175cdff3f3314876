package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Room for this much.
     *
     * @param maxCalls calls at a time
     * @param maxBytes bytes of request bodies at a time
     */
    public Admission(int maxCalls, long maxBytes) {
        this.maxCalls = maxCalls;
        this.maxBytes = maxBytes;
    }

    /** Takes a place; {@link AdmittedRequest#close} gives it back. */
    public AdmittedRequest admit(AuthorizedRequest request) throws RefusedException {
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
        return new AdmittedRequest(request, this, type, gzip, limit);
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
