package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.pipeline.RequestHead;
import dev.secureprediction.gateway.pipeline.RequestHead.Header;
import dev.secureprediction.gateway.pipeline.RequestHead.Protocol;
import io.vertx.core.http.HttpServerRequest;
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
        return RequestHead.of(protocol(request), request.method().name(), request.uri(), headers);
    }

    private static Protocol protocol(HttpServerRequest request) {
        return switch (request.version()) {
            case HTTP_1_0 -> Protocol.HTTP_1_0;
            case HTTP_1_1 -> Protocol.HTTP_1_1;
            default -> Protocol.HTTP_2;
        };
    }
}
