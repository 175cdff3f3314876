package dev.secureprediction.gateway.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.sandbox.process.ChildProcess;
import dev.secureprediction.sandbox.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The gateway as its image runs it: the command of `target/dist/image.json`, on a loopback address of its own. Ends with
 * the test's process.
 */
public final class GatewayProcess implements AutoCloseable {
    /** For `JAVA_TOOL_OPTIONS` of one that serves few calls: the second compiler is half of a start's work. */
    public static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    static final Path DIST = Path.of(System.getProperty("root.directory", ".."), "gateway-image", "target", "dist");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChildProcess process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final boolean tls;

    private GatewayProcess(ChildProcess process, String address, boolean tls) {
        this.process = process;
        this.address = address;
        this.tls = tls;
    }

    /**
     * Starts the gateway without waiting for it.
     *
     * @param folder for its log
     * @param environment `SPE_POLICY_DIRECTORY` at least; ports and address are set here
     */
    public static GatewayProcess start(Path folder, Map<String, String> environment) {
        return start(folder, environment, UnaryOperator.identity());
    }

    /** The same with another command than the image's. */
    static GatewayProcess start(
            Path folder, Map<String, String> environment, UnaryOperator<List<String>> changedCommand) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String address = "127." + random.nextInt(64, 128) + "." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
        Map<String, String> all = new HashMap<>(Map.of(
                "SPE_BIND_ADDRESS", address,
                "SPE_PORT", "8443",
                "SPE_ADMIN_PORT", "8081",
                "SPE_DRAIN_SECONDS", "4",
                "SPE_POD_NAME", "gateway-under-test"));
        try {
            image().path("env")
                    .properties()
                    .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
            all.putAll(environment);
            Path log = Files.createTempFile(folder, "gateway-", ".log");
            ChildProcess process = ChildProcess.start(new ProcessSpec(
                    "gateway", changedCommand.apply(command()), all, DIST.toAbsolutePath(), log, folder));
            return new GatewayProcess(
                    process, String.valueOf(all.get("SPE_BIND_ADDRESS")), all.containsKey("SPE_TLS_DIRECTORY"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode image() throws IOException {
        return JSON.readTree(DIST.resolve("image.json").toFile());
    }

    private static List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        for (JsonNode part : image().path("entrypoint")) {
            command.add(part.asText());
        }
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return command;
    }

    /** Waits until its readiness probe says so. */
    public GatewayProcess awaitReady() {
        Awaitility.await("ready; its log: " + process.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> {
                    if (!process.alive()) {
                        throw new IllegalStateException("it ended: " + process.logTail(20));
                    }
                })
                .until(() -> adminStatus("/readyz") == 200);
        return this;
    }

    /** The address that both ports are bound to. */
    public String address() {
        return address;
    }

    public int port() {
        return 8443;
    }

    /** `http` or `https`, address and port of the public port. */
    public String url() {
        return (tls ? "https://" : "http://") + address + ":8443";
    }

    /** The body of a GET on the admin port. */
    public String admin(String path) {
        return get(path).body();
    }

    /** What `/policy` says. */
    public JsonNode policy() {
        try {
            return JSON.readTree(admin("/policy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of a GET on the admin port; 0 while nobody listens. */
    public int adminStatus(String path) {
        try {
            return get(path).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + ":8081" + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything it wrote so far, audit records and operational logs. */
    public String output() {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole lines only: the last one may still be being written. */
    private Stream<String> lines() {
        String all = output();
        return all.substring(0, all.lastIndexOf('\n') + 1).lines();
    }

    /** The `secureprediction` object of every call's audit record written so far. */
    public List<JsonNode> audit() {
        return auditLog().stream()
                .filter(record -> record.path("kind").asText().equals("call"))
                .toList();
    }

    /** The same of every record, those included that are about the log itself. */
    public List<JsonNode> auditLog() {
        return lines().filter(line -> line.startsWith("{") && line.contains("\"secureprediction\":"))
                .map(GatewayProcess::parse)
                .map(line -> line.path("secureprediction"))
                .toList();
    }

    /** The record of this call, waited for; only its own line is parsed, since floods write many. */
    public JsonNode audit(String requestId) {
        return Awaitility.await("the audit record of " + requestId + " in " + process.log())
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> lines().filter(line -> line.contains(requestId) && line.contains("\"secureprediction\":"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .map(line -> parse(line).path("secureprediction"))
                .orElseThrow();
    }

    /** The first record that is like this, waited for. */
    public JsonNode auditWhere(Predicate<JsonNode> like) {
        return Awaitility.await("an audit record in " + process.log())
                .atMost(Duration.ofSeconds(30))
                .until(() -> audit().stream().filter(like).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    /** Asks it to end, as a kubelet does. */
    public void terminate() {
        process.signal("TERM");
    }

    /** The process, for its end and its memory. */
    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
        client.close();
    }
}
