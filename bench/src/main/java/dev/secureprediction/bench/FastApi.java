package dev.secureprediction.bench;

import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.process.ChildProcess;
import dev.secureprediction.sandbox.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The same job as a FastAPI service: uvicorn with uvloop and httptools, PyJWT with its keys at hand, pydantic, httpx. */
final class FastApi implements Subject {
    private final ChildProcess process;
    private final int port;

    private FastApi(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param python of an environment with what `bench/fastapi/requirements.txt` lists
     */
    static FastApi start(World world, Path python) {
        try {
            int port = Envoy.freePort();
            Path log = world.folder().resolve("fastapi.log");
            Path application = Path.of(System.getProperty("root.directory", "."), "bench", "fastapi");
            ChildProcess process = ChildProcess.start(new ProcessSpec(
                    "fastapi",
                    List.of(
                            python.toString(),
                            "-m",
                            "uvicorn",
                            "proxy:app",
                            "--app-dir",
                            application.toAbsolutePath().toString(),
                            "--port",
                            Integer.toString(port),
                            "--loop",
                            "uvloop",
                            "--http",
                            "httptools",
                            "--no-access-log",
                            "--log-level",
                            "warning"),
                    Map.of(
                            "PATH",
                            "/usr/bin:/bin",
                            "ISSUER",
                            world.issuer().url(),
                            "AUDIENCE",
                            Policies.AUDIENCE,
                            "GROUP",
                            "ml-analysts-qa",
                            "MODEL",
                            "https://" + world.model().authority(),
                            "JWKS",
                            world.issuer().signingKeys().published().toString(true),
                            "CA",
                            world.folder().resolve("ca.pem").toString()),
                    world.folder(),
                    log,
                    world.folder()));
            CpuClock.pin(process.pid(), Main.MEASURED_PROCESSOR);
            Awaitility.await("FastAPI listens; its log: " + log)
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Envoy.listens(port));
            return new FastApi(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "FastAPI";
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
