package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;

/** Answers what is not HTTP, or not within bounds, and ends the connection: nothing behind it can be trusted. */
final class InvalidRequests implements Handler<HttpServerRequest> {
    private final Vertx vertx;
    private final Pipeline pipeline;

    InvalidRequests(Vertx vertx, Pipeline pipeline) {
        this.vertx = vertx;
        this.pipeline = pipeline;
    }

    @Override
    public void handle(HttpServerRequest request) {
        CallRecord record =
                CallRecord.begin(RequestIds.next(), Clock.systemUTC().instant());
        pipeline.policy().current().ifPresent(record::policy);
        boolean recorded = pipeline.audit().reserve();
        CallerAnswer answer = new CallerAnswer(
                request.response(),
                new Outlet(vertx, request.response(), pipeline.answers(), 0, () -> {}),
                record,
                () -> true,
                () -> {},
                () -> {
                    pipeline.metrics().ended(record);
                    if (recorded) {
                        pipeline.audit().write(record);
                    } else {
                        pipeline.audit().lose();
                    }
                },
                request.connection()::close);
        answer.errorShape(SurfaceRegistry.standard().match("", path(request)).errorShape());
        answer.refuse(Refusal.of(
                switch (request.decoderResult().cause()) {
                    case TooLongFrameException ignored -> ErrorCode.HEADERS_TOO_LARGE;
                    case OtherVersionException ignored -> ErrorCode.HTTP_VERSION_REFUSED;
                    default -> ErrorCode.REQUEST_MALFORMED;
                }));
    }

    private static String path(HttpServerRequest request) {
        String target = request.uri() == null ? "" : request.uri();
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }
}
