package dev.secureprediction.bench;

import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.process.ChildProcess;
import dev.secureprediction.sandbox.process.ProcessSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Envoy with jwt_authn, RBAC on a claim, a swapped credential and a JSON access log; one worker. */
final class Envoy implements Subject {
    private final String name;
    private final ChildProcess process;
    private final int port;

    private Envoy(String name, ChildProcess process, int port) {
        this.name = name;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param binary the envoy program
     * @param tokenCache whether verified tokens are kept (jwt_cache)
     */
    static Envoy start(World world, Path binary, boolean tokenCache) {
        String name = tokenCache ? "Envoy, jwt_cache" : "Envoy";
        try {
            int port = freePort();
            Path log = world.folder().resolve("envoy-" + tokenCache + ".log");
            Path config = world.folder().resolve("envoy-" + tokenCache + ".yaml");
            Files.writeString(config, config(world, port, tokenCache));
            ChildProcess process = ChildProcess.start(new ProcessSpec(
                    "envoy",
                    List.of(
                            binary.toString(),
                            "-c",
                            config.toString(),
                            "--concurrency",
                            "1",
                            "--disable-hot-restart",
                            "--log-level",
                            "warning"),
                    Map.of("PATH", "/usr/bin:/bin"),
                    world.folder(),
                    log,
                    world.folder()));
            CpuClock.pin(process.pid(), Main.MEASURED_PROCESSOR);
            Awaitility.await(name + " listens; its log: " + log)
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> listens(port));
            return new Envoy(name, process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String config(World world, int port, boolean tokenCache) throws IOException {
        try (InputStream template = Envoy.class.getResourceAsStream("/envoy.yaml")) {
            if (template == null) {
                throw new IllegalStateException("envoy.yaml is not in the jar");
            }
            String jwks = world.issuer().signingKeys().published().toString(true);
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${port}", Integer.toString(port))
                    .replace("${issuer}", world.issuer().url())
                    .replace("${audience}", Policies.AUDIENCE)
                    .replace("${jwks}", jwks.replace("'", "''"))
                    .replace("${upstream}", Integer.toString(world.model().port()))
                    .replace("${ca}", world.folder().resolve("ca.pem").toString())
                    .replace(
                            "${log}", world.folder().resolve("envoy-access.log").toString())
                    .replace("${cache}", tokenCache ? "jwt_cache_config: {jwt_cache_size: 20000}" : "");
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Target target() {
        return new Target("127.0.0.1", port, Optional.empty());
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Path log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
