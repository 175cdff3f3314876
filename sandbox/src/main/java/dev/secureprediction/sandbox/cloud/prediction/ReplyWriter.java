package dev.secureprediction.sandbox.cloud.prediction;

import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.secureprediction.sandbox.cloud.api.GoogleJson;
import dev.secureprediction.sandbox.cloud.observe.PredictionFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Puts a reply on the wire, chunk by chunk, with the fault that is due. */
final class ReplyWriter {
    private final ServiceRequestContext ctx;
    private final Duration interval;
    private final Optional<PredictionFault> fault;

    ReplyWriter(ServiceRequestContext ctx, Duration interval, Optional<PredictionFault> fault) {
        this.ctx = ctx;
        this.interval = interval;
        this.fault = fault;
    }

    HttpResponse write(Reply reply) {
        HttpResponseWriter response = HttpResponse.streaming();
        Duration wait = fault.map(
                        f -> f instanceof PredictionFault.Delay delay ? delay.beforeFirstByte() : Duration.ZERO)
                .orElse(Duration.ZERO);
        after(wait, () -> {
            switch (reply) {
                case Reply.Whole whole -> whole(response, whole);
                case Reply.Chunks stream -> start(response, stream);
            }
        });
        return response;
    }

    private void whole(HttpResponseWriter response, Reply.Whole whole) {
        if (fault.filter(PredictionFault.Stall.class::isInstance).isPresent()) {
            return;
        }
        var headers = ResponseHeaders.builder(HttpStatus.OK);
        whole.headers().forEach(headers::set);
        response.write(headers.contentLength(whole.body().length()).build());
        if (fault.filter(PredictionFault.Cut.class::isInstance).isPresent()) {
            response.write(HttpData.copyOf(whole.body().array(), 0, whole.body().length() / 2));
            response.close(AbortedStreamException.get());
            return;
        }
        response.write(whole.body());
        response.close();
    }

    private void start(HttpResponseWriter response, Reply.Chunks stream) {
        response.write(ResponseHeaders.builder(HttpStatus.OK)
                .set("content-type", stream.framing().contentType())
                .build());
        next(response, stream, 0);
    }

    private void next(HttpResponseWriter response, Reply.Chunks stream, int index) {
        if (struck(response, stream.framing(), index)) {
            return;
        }
        List<String> chunks = stream.chunks();
        if (index == chunks.size()) {
            send(response, stream.framing().end(index));
            response.close();
            return;
        }
        if (send(response, stream.framing().frame(chunks.get(index), index))) {
            Duration pause = index + 1 == chunks.size() ? Duration.ZERO : interval;
            after(pause, () -> next(response, stream, index + 1));
        }
    }

    /** Whether a fault ends the stream at this chunk. */
    private boolean struck(HttpResponseWriter response, Framing framing, int index) {
        if (fault.isEmpty()) {
            return false;
        }
        return switch (fault.get()) {
            case PredictionFault.Stall stall -> stall.afterChunks() == index;
            case PredictionFault.Cut cut -> {
                if (cut.afterChunks() == index) {
                    response.close(AbortedStreamException.get());
                }
                yield cut.afterChunks() == index;
            }
            case PredictionFault.ErrorFrame error -> {
                if (error.afterChunks() == index) {
                    Status status = Status.newBuilder()
                            .setCode(error.code().getNumber())
                            .setMessage(error.message())
                            .build();
                    String json = GoogleJson.errorBody(status).replace("\n", "");
                    send(response, framing.frame(json, index) + framing.end(index + 1));
                    response.close();
                }
                yield error.afterChunks() == index;
            }
            case PredictionFault.Delay delay -> false;
            case PredictionFault.Refuse refuse -> false;
        };
    }

    private static boolean send(HttpResponseWriter response, String text) {
        return response.tryWrite(HttpData.ofUtf8(text));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a step that comes after the client has gone finds its stream closed
    private void after(Duration wait, Runnable step) {
        var loop = ctx.eventLoop();
        if (wait.isPositive()) {
            loop.schedule(step, wait.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            loop.execute(step);
        }
    }
}
