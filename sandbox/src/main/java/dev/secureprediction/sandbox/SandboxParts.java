package dev.secureprediction.sandbox;

import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.node.ImageStore;
import dev.secureprediction.sandbox.node.Node;
import dev.secureprediction.sandbox.node.NodeOptions;
import dev.secureprediction.sandbox.node.identity.GkeWorkloadIdentity;
import dev.secureprediction.sandbox.process.LoopbackRange;
import dev.secureprediction.sandbox.process.WorkFolder;
import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The parts of one sandbox, started in the order they need each other and ended in reverse. */
record SandboxParts(
        Authority authority,
        ControlPlane cluster,
        GoogleCloud cloud,
        OidcIssuer issuer,
        Node node,
        RunningSandbox description,
        Deque<AutoCloseable> started)
        implements AutoCloseable {

    static SandboxParts start(SandboxOptions options, StartListener listener) {
        var start = new Start(options, listener);
        try {
            return start.all();
        } catch (RuntimeException e) {
            closeAll(start.started);
            throw e;
        }
    }

    @Override
    public void close() {
        closeAll(started);
    }

    /** The rest is ended though one part fails to. */
    private static void closeAll(Deque<AutoCloseable> started) {
        var failure = new SandboxException("the sandbox did not end cleanly");
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static final class Start {

        private static final Executor VIRTUAL = command -> Thread.ofVirtual().start(command);

        private final Deque<AutoCloseable> started = new ArrayDeque<>();
        private final SandboxOptions options;
        private final StartListener listener;

        Start(SandboxOptions options, StartListener listener) {
            this.options = options;
            this.listener = listener;
        }

        SandboxParts all() {
            var images = ImageStore.of(options.images().toArray(Path[]::new));
            var folder = keep(WorkFolder.create(options.cache()));
            var addresses = keep(LoopbackRange.claim(options.cache()));
            var authority = timed("certificate authority", Authority::create);

            var cluster = aside(
                    "control plane", () -> ControlPlane.start(options.cache(), folder, authority, listener::progress));
            var cloud = aside("Google Cloud", () -> GoogleCloud.start(authority, options.seed()));
            var issuer = aside("OIDC issuer", () -> OidcIssuer.start(authority));
            // all are waited for before one's failure is told, so that what did start is also ended
            var joined = CompletableFuture.allOf(cluster, cloud, issuer).handle((done, failure) -> true);
            joined.join();
            var running = new Joined(value(cluster), value(cloud), value(issuer));

            trust(running);
            var trustStore = trustStore(folder, authority);
            var node = keep(timed(
                    "node",
                    () -> Node.start(
                            running.cluster(),
                            authority,
                            folder,
                            addresses,
                            images,
                            nodeOptions(running, authority, trustStore))));
            var description = new RunningSandbox(
                    folder.id(),
                    folder.path(),
                    running.cluster().server(),
                    running.cluster().kubeconfig(),
                    running.cluster().access().kubectlProgram(),
                    running.cloud().authority(),
                    running.issuer().url(),
                    running.cluster().certificateAuthority(),
                    trustStore);
            description.write();
            return new SandboxParts(
                    authority, running.cluster(), running.cloud(), running.issuer(), node, description, started);
        }

        /** Pods may be somebody in the cloud: as on GKE, and by federation as anywhere. */
        private void trust(Joined running) {
            Supplier<JWKSet> keys = () -> keys(running.cluster());
            var state = running.cloud().state();
            state.trustPool(options.identityPool(), ControlPlane.ISSUER, keys);
            var number = options.seed().projects().get(options.poolProject());
            if (number != null) {
                state.trustPool(
                        "projects/" + number + "/locations/global/workloadIdentityPools/sandbox/providers/cluster",
                        ControlPlane.ISSUER,
                        keys);
            }
        }

        private static JWKSet keys(ControlPlane cluster) {
            try {
                return JWKSet.parse(cluster.client().raw("/openid/v1/jwks"));
            } catch (ParseException e) {
                throw new SandboxException("the API server's keys cannot be read", e);
            }
        }

        private NodeOptions nodeOptions(Joined running, Authority authority, Path trustStore) {
            Map<String, String> environment = new HashMap<>(options.node().environment());
            environment.merge(
                    NodeOptions.JAVA_OPTIONS,
                    "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStoreType=PKCS12",
                    (own, ours) -> own + " " + ours);
            return options.node()
                    .withEnvironment(environment)
                    .withWorkloadIdentity(new GkeWorkloadIdentity(
                            running.cluster().access().node(),
                            running.cloud().authority(),
                            authority.clientContext(),
                            options.identityPool(),
                            options.poolProject()));
        }

        private static Path trustStore(WorkFolder folder, Authority authority) {
            var file = folder.path().resolve("truststore.p12");
            try {
                authority.writeTrustStore(file);
                return file;
            } catch (IOException e) {
                throw new SandboxException("cannot write " + file + ": " + e.getMessage(), e);
            }
        }

        private <T extends AutoCloseable> CompletableFuture<T> aside(String step, Supplier<T> action) {
            return CompletableFuture.supplyAsync(() -> keep(timed(step, action)), VIRTUAL);
        }

        private static <T> T value(CompletableFuture<T> future) {
            try {
                return future.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }

        private <T> T timed(String step, Supplier<T> action) {
            var begin = System.nanoTime();
            var result = action.get();
            listener.finished(step, Duration.ofNanos(System.nanoTime() - begin));
            return result;
        }

        private <T extends AutoCloseable> T keep(T part) {
            synchronized (started) {
                started.push(part);
            }
            return part;
        }

        private record Joined(ControlPlane cluster, GoogleCloud cloud, OidcIssuer issuer) {}
    }
}
