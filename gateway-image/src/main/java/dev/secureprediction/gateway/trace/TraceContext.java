package dev.secureprediction.gateway.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The trace that a call belongs to (W3C Trace Context, level 1) and the ids of its own spans.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId span of the caller, 16 digits; absent: the trace begins here
 * @param spanId of the call at this gateway
 * @param upstreamSpanId of the call to the model
 * @param sampled whether the trace is recorded
 */
public record TraceContext(
        String traceId, Optional<String> parentId, String spanId, String upstreamSpanId, boolean sampled) {
    private static final Pattern VERSION_00 = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final Pattern LATER =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-[ -~]{0,256})?");
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);

    /** Goes on with a caller's trace; empty when the header is none (section 3.2.2). */
    public static Optional<TraceContext> from(String traceparent) {
        var matcher = (traceparent.startsWith("00") ? VERSION_00 : LATER).matcher(traceparent);
        if (!matcher.matches()
                || matcher.group(1).equals(NO_TRACE)
                || matcher.group(2).equals(NO_SPAN)) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(3), 16) & 1) == 1;
        return Optional.of(
                new TraceContext(matcher.group(1), Optional.of(matcher.group(2)), newId(), newId(), sampled));
    }

    /** Begins a trace. */
    public static TraceContext begin() {
        return new TraceContext(newId() + newId(), Optional.empty(), newId(), newId(), true);
    }

    /** The header for the model's API. */
    public String traceparent() {
        return "00-" + traceId + "-" + upstreamSpanId + (sampled ? "-01" : "-00");
    }

    /** Ids must differ, they need not be secret. */
    private static String newId() {
        long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return HexFormat.of().toHexDigits(id);
    }
}
