package dev.secureprediction.sandbox.cloud.api;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import dev.secureprediction.sandbox.cloud.observe.Call;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before every method: who calls, may they, is there quota, is a fault due; and writes the log of calls. */
final class Enforcer implements ServerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Enforcer.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ROUTING =
            Metadata.Key.of("x-goog-request-params", Metadata.ASCII_STRING_MARSHALLER);

    private final MethodRules rules = new MethodRules();
    private final CloudState state;
    private final Faults faults;
    private final Calls calls;

    Enforcer(CloudState state, Faults faults, Calls calls) {
        this.state = state;
        this.faults = faults;
        this.calls = calls;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Optional<MethodRule> rule = rules.find(method);
        var logged = new LoggedCall<>(call, rule);
        if (rule.isEmpty()) {
            return refuse(
                    logged, GoogleErrors.of(Code.UNIMPLEMENTED, "The sandbox does not implement " + method + "."));
        }
        try {
            String authorization =
                    Optional.ofNullable(headers.get(AUTHORIZATION)).orElse("");
            Principal principal = state.identity().authenticate(authorization);
            logged.principal = principal.member();
            Optional<String> routing = overRest()
                    ? Optional.empty()
                    : Optional.of(Optional.ofNullable(headers.get(ROUTING)).orElse(""));
            ServerCallHandler<Q, R> checked =
                    (c, h) -> new CheckedListener<>(next.startCall(c, h), logged, rule.get(), principal, routing);
            return Contexts.interceptCall(Context.current().withValue(Caller.KEY, principal), logged, headers, checked);
        } catch (StatusRuntimeException e) {
            return refuse(logged, e);
        }
    }

    private static boolean overRest() {
        String type = Optional.ofNullable(ServiceRequestContext.current().attr(RestApi.WIRE_TYPE))
                .orElse("");
        return !type.startsWith("application/grpc");
    }

    private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, StatusRuntimeException e) {
        call.close(e.getStatus(), trailers(e));
        return new ServerCall.Listener<>() {};
    }

    private static Metadata trailers(StatusRuntimeException e) {
        return Optional.ofNullable(e.getTrailers()).orElseGet(Metadata::new);
    }

    private void admit(String method, MethodRule rule, Principal caller, String resource) throws InterruptedException {
        Duration latency = faults.latencyOf(method);
        if (latency.isPositive()) {
            Thread.sleep(latency);
        }
        for (String permission : rule.permissions()) {
            state.access().require(caller, permission, resource);
        }
        rule.quota().ifPresent(quota -> faults.spend(quota, state.projects().of(resource)));
        faults.strike(method);
    }

    private final class CheckedListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final LoggedCall<Q, ?> call;
        private final MethodRule rule;
        private final Principal caller;
        private final Optional<String> routing;
        private boolean refused;

        CheckedListener(
                ServerCall.Listener<Q> delegate,
                LoggedCall<Q, ?> call,
                MethodRule rule,
                Principal caller,
                Optional<String> routing) {
            super(delegate);
            this.call = call;
            this.rule = rule;
            this.caller = caller;
            this.routing = routing;
        }

        @Override
        public void onMessage(Q message) {
            guarded(() -> {
                String resource = rule.resource((Message) message);
                call.resource = resource;
                routing.ifPresent(params -> RoutingHeader.require(params, rule.field(), resource));
                admit(call.getMethodDescriptor().getFullMethodName(), rule, caller, resource);
                super.onMessage(message);
            });
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                guarded(super::onHalfClose);
            }
        }

        private void guarded(Step step) {
            try {
                step.run();
            } catch (StatusRuntimeException e) {
                end(e.getStatus(), trailers(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                end(Status.UNAVAILABLE, new Metadata());
            } catch (RuntimeException e) {
                LOG.error("{} failed", call.getMethodDescriptor().getFullMethodName(), e);
                end(Status.INTERNAL.withDescription("Internal error encountered."), new Metadata());
            }
        }

        private void end(Status status, Metadata trailers) {
            refused = true;
            call.close(status, trailers);
        }
    }

    /** A step that may be interrupted. */
    private interface Step {
        void run() throws InterruptedException;
    }

    private final class LoggedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private final Optional<MethodRule> rule;
        private volatile String principal = "";
        private volatile String resource = "";

        LoggedCall(ServerCall<Q, R> delegate, Optional<MethodRule> rule) {
            super(delegate);
            this.rule = rule;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            calls.record(new Call(
                    state.clock().instant(),
                    getMethodDescriptor().getFullMethodName(),
                    principal,
                    resource,
                    rule.map(MethodRule::mutating).orElse(false),
                    Code.forNumber(status.getCode().value())));
            super.close(status, trailers);
        }
    }
}
