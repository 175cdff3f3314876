package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.pipeline.RequestHead;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/**
 * Cross-origin calls (Fetch standard, section 3.2) of the origins that the policy lists; for all others it is as if there
 * were no such thing.
 *
 * @param origin the listed origin that calls
 */
record Cors(String origin) {
    private static final String METHODS = "GET, POST";
    private static final String REQUEST_HEADERS = "authorization, content-type, x-request-id, traceparent";
    private static final String ANSWER_HEADERS = "x-request-id, retry-after, ratelimit, ratelimit-policy";
    private static final String MAX_AGE_SECONDS = "600";

    /** The origin of a call, where the policy lists it; compared as a whole. */
    static Optional<Cors> of(RequestHead head, List<String> origins) {
        if (origins.isEmpty()) {
            return Optional.empty();
        }
        List<String> said = head.all("Origin");
        return said.size() == 1 && origins.contains(said.getFirst())
                ? Optional.of(new Cors(said.getFirst()))
                : Optional.empty();
    }

    /** Whether a browser asks if it may call. */
    static boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS") && head.has("Access-Control-Request-Method");
    }

    /** Lets the origin's page read the answer. */
    void allow(HttpServerResponse response) {
        response.putHeader("access-control-allow-origin", origin);
        response.putHeader("access-control-expose-headers", ANSWER_HEADERS);
        response.putHeader("vary", "Origin");
    }

    /** Says what the origin's pages may send. */
    void preflight(HttpServerResponse response) {
        response.putHeader("access-control-allow-methods", METHODS);
        response.putHeader("access-control-allow-headers", REQUEST_HEADERS);
        response.putHeader("access-control-max-age", MAX_AGE_SECONDS);
    }
}
