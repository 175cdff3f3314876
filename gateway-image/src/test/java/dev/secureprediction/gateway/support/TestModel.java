package dev.secureprediction.gateway.support;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.LoopbackServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A model's API over TLS that answers as told and remembers what it was asked. */
public final class TestModel implements AutoCloseable {
    private static final String PREDICTION =
            "{\"predictions\":[{\"score\":9007199254740993}],\"deployedModelId\":\"1\"}";

    private final Server server;
    private final List<AggregatedHttpRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger abandoned = new AtomicInteger();
    private volatile Behaviour behaviour = (context, request) -> HttpResponse.of(MediaType.JSON, PREDICTION);

    /** How to answer. */
    @FunctionalInterface
    public interface Behaviour {
        HttpResponse answer(ServiceRequestContext context, AggregatedHttpRequest request);
    }

    private TestModel(Authority authority) {
        server = LoopbackServer.builder(authority)
                .requestTimeout(Duration.ofMinutes(2))
                // five seconds after this TCP gives up on a peer that lets nothing through
                .idleTimeout(Duration.ofMinutes(2))
                .maxRequestLength(64L << 20)
                .accessLogWriter(
                        log -> {
                            if (log.responseCause() != null || log.requestCause() != null) {
                                abandoned.incrementAndGet();
                            }
                        },
                        false)
                // what the gateway asks about itself is no call of a model
                .service(
                        "regex:^/.*:testIamPermissions$",
                        (context, request) ->
                                HttpResponse.of(MediaType.JSON, "{\"permissions\":[\"aiplatform.endpoints.predict\"]}"))
                .serviceUnder(
                        "/",
                        (context, request) ->
                                HttpResponse.of(request.aggregate().thenApply(whole -> {
                                    requests.add(whole);
                                    return behaviour.answer(context, whole);
                                })))
                .build();
    }

    /** Starts it on a free port. */
    public static TestModel start(Authority authority) {
        TestModel model = new TestModel(authority);
        model.server.start().join();
        return model;
    }

    /** `host:port` for the policy. */
    public String authority() {
        return "127.0.0.1:" + server.activeLocalPort();
    }

    /** Answers so from now on. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Answers predictions again. */
    public void behaveWell() {
        behave((context, request) -> HttpResponse.of(MediaType.JSON, PREDICTION));
    }

    /** What came in, oldest first. */
    public List<AggregatedHttpRequest> requests() {
        return List.copyOf(requests);
    }

    /** The only request since the last {@link #forget}. */
    public AggregatedHttpRequest onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request upstream, there were " + requests.size());
        }
        return requests.getFirst();
    }

    public void forget() {
        requests.clear();
        abandoned.set(0);
    }

    /** How many calls the other side broke off. */
    public int abandoned() {
        return abandoned.get();
    }

    @Override
    public void close() {
        Thread.startVirtualThread(server::close);
    }
}
