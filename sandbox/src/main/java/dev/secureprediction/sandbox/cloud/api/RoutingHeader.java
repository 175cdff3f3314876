package dev.secureprediction.sandbox.cloud.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.net.URLDecoder;
import java.util.Arrays;

/** The header `x-goog-request-params` of gRPC calls, by which Google finds the region (AIP-4222). */
final class RoutingHeader {

    private RoutingHeader() {}

    /** Refuses a call whose header does not name the request's resource; a client without it would fail at Google. */
    static void require(String params, String field, String resource) {
        boolean named = Arrays.stream(params.split("&", -1))
                .map(param -> URLDecoder.decode(param, UTF_8))
                .anyMatch(param -> param.equals(field + "=" + resource));
        if (!named) {
            throw GoogleErrors.invalid("x-goog-request-params: the routing header must say " + field + "=" + resource
                    + "; it says '" + params + "'");
        }
    }
}
