package dev.secureprediction.sandbox.cloud;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.secureprediction.sandbox.cloud.api.RestApi;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import dev.secureprediction.sandbox.cloud.prediction.ModelArmorApi;
import dev.secureprediction.sandbox.cloud.prediction.PredictionApi;
import dev.secureprediction.sandbox.cloud.prediction.Predictions;
import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.LoopbackServer;

/**
 * A Google Cloud on one TLS port of 127.0.0.1, gRPC and REST alike: Vertex AI, IAM, Resource Manager, Security Token
 * Service, IAM credentials. It enforces what the real one enforces, and needs no Internet.
 */
public final class GoogleCloud implements AutoCloseable {
    private final CloudState state;
    private final Faults faults;
    private final Calls calls = new Calls();
    private final Predictions predictions = new Predictions();
    private final Server server;

    private GoogleCloud(Authority authority, CloudSeed seed) {
        var clock = new CloudClock();
        faults = new Faults(clock);
        state = new CloudState(seed, clock, faults::propagationDelay);
        ServerBuilder builder = LoopbackServer.builder(authority);
        RestApi.addTo(builder, state, faults, calls);
        PredictionApi.addTo(builder, state, faults, calls, predictions);
        ModelArmorApi.addTo(builder, state, calls);
        server = builder.build();
    }

    /** Starts a cloud that holds the seed, on a free port. */
    public static GoogleCloud start(Authority authority, CloudSeed seed) {
        var cloud = new GoogleCloud(authority, seed);
        cloud.server.start().join();
        return cloud;
    }

    /** Where it listens: `127.0.0.1:PORT`. */
    public String authority() {
        return "127.0.0.1:" + server.activeLocalPort();
    }

    /** Where it listens: `https://127.0.0.1:PORT`. */
    public String url() {
        return "https://" + authority();
    }

    /** What it holds; for tests and for people with every right. */
    public CloudState state() {
        return state;
    }

    /** What goes wrong on purpose. */
    public Faults faults() {
        return faults;
    }

    /** What was called. */
    public Calls calls() {
        return calls;
    }

    /** How models stream, and what was asked of them. */
    public Predictions predictions() {
        return predictions;
    }

    @Override
    public void close() {
        // not awaited: its event loop lingers for two seconds to no purpose here
        Thread.startVirtualThread(server::close);
    }
}
