package dev.secureprediction.operator.cloud.google;

import com.google.rpc.Code;
import dev.secureprediction.operator.metric.OperatorMetric;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times every call to Google by method and code, each attempt for itself. */
final class CallMetrics implements ClientInterceptor {

    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A call that was begun now. */
    Timer.Sample begin() {
        return Timer.start(registry);
    }

    /** It ended. */
    void end(Timer.Sample sample, String method, Code code) {
        end(sample, method, code.name());
    }

    private void end(Timer.Sample sample, String method, String code) {
        sample.stop(Timer.builder(OperatorMetric.GOOGLE_CALLS.meter())
                .description(OperatorMetric.GOOGLE_CALLS.description())
                .tags(OperatorMetric.GOOGLE_CALLS.tags(method, code))
                .register(registry));
    }

    @Override
    public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<B> listener, Metadata headers) {
                Timer.Sample sample = begin();
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                end(sample, name(method), status.getCode().name());
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    /** `IAM.GetServiceAccount` of `google.iam.admin.v1.IAM/GetServiceAccount`. */
    private static String name(MethodDescriptor<?, ?> method) {
        String full = method.getFullMethodName();
        int slash = full.lastIndexOf('/');
        return full.substring(full.lastIndexOf('.', slash) + 1).replace('/', '.');
    }
}
