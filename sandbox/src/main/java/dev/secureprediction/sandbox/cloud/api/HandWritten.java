package dev.secureprediction.sandbox.cloud.api;

import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.observe.Call;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import io.grpc.StatusRuntimeException;

/** A REST method without a gRPC twin here: faults before it, Google's error shape and the log of calls after it. */
abstract class HandWritten implements HttpService {
    private final String method;
    private final CloudState state;
    private final Faults faults;
    private final Calls calls;

    HandWritten(String method, CloudState state, Faults faults, Calls calls) {
        this.method = method;
        this.state = state;
        this.faults = faults;
        this.calls = calls;
    }

    /**
     * Answers a request.
     *
     * @throws StatusRuntimeException to refuse it
     */
    abstract HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request, Trace trace);

    @Override
    public final HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        return HttpResponse.of(
                request.aggregate().thenApplyAsync(whole -> traced(ctx, whole), ctx.blockingTaskExecutor()));
    }

    final CloudState state() {
        return state;
    }

    private HttpResponse traced(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        var trace = new Trace();
        Code code = Code.OK;
        try {
            Thread.sleep(faults.latencyOf(method));
            faults.strike(method);
            return answer(ctx, request, trace);
        } catch (StatusRuntimeException e) {
            code = Code.forNumber(e.getStatus().getCode().value());
            return GoogleJson.error(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpResponse.of(503);
        } finally {
            calls.record(
                    new Call(state.clock().instant(), method, trace.principal, trace.resource, trace.mutating, code));
        }
    }

    /** What of a request goes into the log. */
    static final class Trace {
        private String principal = "";
        private String resource = "";
        private boolean mutating;

        void caller(String member) {
            principal = member;
        }

        void mutates() {
            mutating = true;
        }

        void about(String name) {
            resource = name;
        }
    }
}
