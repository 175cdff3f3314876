package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.pipeline.RequestHead;
import dev.secureprediction.gateway.pipeline.RequestHead.Header;
import dev.secureprediction.gateway.pipeline.RequestHead.Protocol;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the head of a request out of the server's types. */
final class Heads {
    private Heads() {}

    static RequestHead of(HttpServerRequest request) {
        List<Header> headers = new ArrayList<>(request.headers().size());
        for (Map.Entry<String, String> header : request.headers()) {
            headers.add(new Header(header.getKey(), header.getValue()));
        }
        if (protocol(request) == Protocol.HTTP_2) {
            authority(request, headers);
        }
        return RequestHead.of(protocol(request), request.method().name(), request.uri(), headers);
    }

    /** `:authority` is the host (RFC 9113, section 8.3.1); where a Host field says otherwise the server has refused already. */
    private static void authority(HttpServerRequest request, List<Header> headers) {
        HostAndPort authority = request.authority();
        if (authority != null && !request.headers().contains(HttpHeaders.HOST)) {
            headers.add(new Header("Host", authority.toString()));
        }
    }

    private static Protocol protocol(HttpServerRequest request) {
        return switch (request.version()) {
            case HTTP_1_0 -> Protocol.HTTP_1_0;
            case HTTP_1_1 -> Protocol.HTTP_1_1;
            default -> Protocol.HTTP_2;
        };
    }
}
