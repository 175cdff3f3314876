package dev.secureprediction.gateway.support;

import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A gateway process with everything around it: authority, issuer, model, metadata server, policy directory. */
public final class GatewayWorld implements AutoCloseable {
    private final Path folder;
    private final Path policyDirectory;
    private final Authority authority = Authority.create();
    private final OidcIssuer issuer;
    private final TestModel model;
    private final TestMetadata metadata;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> environment;
    private final GatewayProcess gateway;

    private GatewayWorld(
            Path folder,
            BiFunction<String, String, Policies> policy,
            Map<String, String> environment,
            String jvmOptions,
            UnaryOperator<List<String>> changedCommand) {
        this.folder = folder;
        this.policyDirectory = folder.resolve("policy");
        issuer = OidcIssuer.start(authority);
        model = TestModel.start(authority);
        metadata = TestMetadata.start();
        policy.apply(issuer.url(), model.authority()).writeTo(policyDirectory);
        Path trustStore = folder.resolve("trust.p12");
        try {
            authority.writeTrustStore(trustStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new HashMap<>(Map.of(
                "SPE_POLICY_DIRECTORY",
                policyDirectory.toString(),
                "GCE_METADATA_HOST",
                metadata.host(),
                "JAVA_TOOL_OPTIONS",
                jvmOptions + " -Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStoreType=PKCS12"));
        all.putAll(environment);
        this.environment = Map.copyOf(all);
        gateway = GatewayProcess.start(folder, all, changedCommand);
    }

    /**
     * Starts all of it and waits until the gateway is ready.
     *
     * @param policy made from the issuer's URL and the model's authority
     */
    public static GatewayWorld start(Path folder, BiFunction<String, String, Policies> policy) {
        return start(folder, policy, Map.of());
    }

    /** The same with more environment for the gateway. */
    public static GatewayWorld start(
            Path folder, BiFunction<String, String, Policies> policy, Map<String, String> environment) {
        return ready(
                new GatewayWorld(folder, policy, environment, GatewayProcess.SHORT_LIVED, UnaryOperator.identity()));
    }

    /** The same as the image runs it, second compiler included, or with another command. */
    public static GatewayWorld start(
            Path folder,
            BiFunction<String, String, Policies> policy,
            Map<String, String> environment,
            UnaryOperator<List<String>> changedCommand) {
        return ready(new GatewayWorld(folder, policy, environment, "", changedCommand));
    }

    private static GatewayWorld ready(GatewayWorld world) {
        world.gateway.awaitReady();
        return world;
    }

    /** Another gateway with the same policy, beside the one that is there; ready. The test ends it. */
    public GatewayProcess replica() {
        return GatewayProcess.start(folder, environment).awaitReady();
    }

    /** Brings another policy into force and waits for it. */
    public void reload(BiFunction<String, String, Policies> policy) {
        Policies next = policy.apply(issuer.url(), model.authority());
        next.writeTo(policyDirectory);
        org.awaitility.Awaitility.await("the policy in force")
                .atMost(Duration.ofSeconds(30))
                .until(() -> gateway.policy().path("policyDigest").asText().equals(next.digest()));
    }

    /** Path of the usual endpoint with this verb. */
    public static String endpointPath(String verb) {
        return "/v1/projects/" + Policies.PROJECT + "/locations/" + Policies.LOCATION + "/endpoints/"
                + Policies.ENDPOINT + ":" + verb;
    }

    /** Path of the usual publisher model with this verb. */
    public static String geminiPath(String verb) {
        return "/v1/projects/" + Policies.PROJECT + "/locations/" + Policies.LOCATION
                + "/publishers/google/models/gemini-2.5-flash:" + verb;
    }

    /** A POST of JSON with a token of an analyst, to be changed as a test likes. */
    public HttpRequest.Builder analystPosts(String path, String body) {
        return HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + issuer.token("analyst@example.com", Policies.AUDIENCE))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The same with another token. */
    public HttpRequest.Builder postsWith(String token, String path, String body) {
        return analystPosts(path, body).setHeader("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpClient client() {
        return client;
    }

    public GatewayProcess gateway() {
        return gateway;
    }

    public OidcIssuer issuer() {
        return issuer;
    }

    public TestModel model() {
        return model;
    }

    public TestMetadata metadata() {
        return metadata;
    }

    public Authority authority() {
        return authority;
    }

    public Path policyDirectory() {
        return policyDirectory;
    }

    public Path folder() {
        return folder;
    }

    /** A folder for a world, removed with the build. */
    public static Path newFolder() {
        try {
            Path target = Path.of(System.getProperty("root.directory", ".."), "gateway-image", "target", "worlds");
            return Files.createTempDirectory(Files.createDirectories(target), "world-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        metadata.close();
        model.close();
        issuer.close();
        client.close();
    }
}
