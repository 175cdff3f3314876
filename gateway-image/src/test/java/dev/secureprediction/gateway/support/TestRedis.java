package dev.secureprediction.gateway.support;

import dev.secureprediction.sandbox.process.ChildProcess;
import dev.secureprediction.sandbox.process.ClaimedPorts;
import dev.secureprediction.sandbox.process.ProcessSpec;
import dev.secureprediction.sandbox.process.UserCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A real redis-server on loopback, with a password, that a test may stop and start again. Linux on x86-64 or ARM. */
public final class TestRedis implements AutoCloseable {
    private static final String PASSWORD = "canary-store-7f3a91";

    private final Path folder;
    private final int port;
    private ChildProcess process;

    private TestRedis(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.process = run();
    }

    /** Starts it, empty. */
    public static TestRedis start(Path folder) {
        return new TestRedis(folder, ClaimedPorts.claim(UserCache.ofUser())).awaitUp();
    }

    private ChildProcess run() {
        try {
            Path log = Files.createTempFile(folder, "redis-", ".log");
            List<String> command = List.of(
                    binary().toString(),
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--dir",
                    folder.toString(),
                    "--requirepass",
                    PASSWORD);
            return ChildProcess.start(new ProcessSpec("redis", command, Map.of(), folder, log, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path binary() throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Path file = folder.resolve("redis-server");
        if (!Files.exists(file)) {
            String name = "/redis-server-7.0.15-linux-" + machine;
            try (InputStream in = TestRedis.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException("no " + name + " on the class path");
                }
                Files.copy(in, file);
            }
            if (!file.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + file + " executable");
            }
        }
        return file;
    }

    private TestRedis awaitUp() {
        Awaitility.await("redis; its log: " + process.log())
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> command("PING").contains("PONG"));
        return this;
    }

    /** Writes the secret that a gateway reads. */
    public Path writeSecret(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("url"), "redis://:" + PASSWORD + "@127.0.0.1:" + port + "\n");
            Files.writeString(
                    directory.resolve("encryption-key"),
                    Base64.getEncoder()
                            .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a crash would; what it held is lost. */
    public void stop() {
        process.kill();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !process.alive());
    }

    /** Starts it again, empty. */
    public void startAgain() {
        process = run();
        awaitUp();
    }

    /** What a command without quoting answers, as the protocol has it. */
    public String command(String... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(500);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + PASSWORD + "\r\n" + String.join(" ", words) + "\r\nQUIT\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must not be in any log or answer. */
    public static String password() {
        return PASSWORD;
    }

    @Override
    public void close() {
        process.close();
    }
}
