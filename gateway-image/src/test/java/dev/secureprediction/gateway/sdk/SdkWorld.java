package dev.secureprediction.gateway.sdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.secureprediction.gateway.support.GatewayProcess;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.TestMetadata;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.sandbox.cloud.CloudSeed;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.cloud.observe.PredictionFault;
import dev.secureprediction.sandbox.cloud.prediction.ReceivedPrediction;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway per model in front of one cloud, and a door for scripts to tell the cloud what goes wrong next. */
final class SdkWorld implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT =
            "serviceAccount:spe-operator@" + Policies.PROJECT + ".iam.gserviceaccount.com";

    private final Path folder = GatewayWorld.newFolder();
    private final Authority authority = Authority.create();
    private final GoogleCloud cloud = GoogleCloud.start(authority, CloudSeed.sandbox());
    private final OidcIssuer issuer = OidcIssuer.start(authority);
    private final TestMetadata metadata = TestMetadata.start();
    private final Map<String, GatewayProcess> gateways = new LinkedHashMap<>();
    private final HttpServer control;

    SdkWorld() throws IOException {
        authority.writeTrustStore(folder.resolve("trust.p12"));
        cloud.state()
                .policies()
                .grant(
                        "projects/" + Policies.PROJECT,
                        "projects/" + Policies.PROJECT + "/roles/securePredictionInvoker",
                        ACCOUNT);
        cloud.predictions().streaming(5, Duration.ofMillis(5));
        metadata.hands(cloud.state().accessToken(ACCOUNT), 3_600);
        gateway(
                "GEMINI",
                new Model.Publisher("google", "gemini-2.5-flash"),
                Surface.GeminiGenerate,
                Surface.VertexPredict,
                Surface.OpenAIChat);
        gateway("CLAUDE", new Model.Publisher("anthropic", "claude-sonnet-4-5@20250929"), Surface.AnthropicMessages);
        gateway(
                "EMBEDDING",
                new Model.Publisher("google", "text-embedding-005"),
                Surface.OpenAIChat,
                Surface.VertexPredict);
        gateway(
                "FRAUD",
                new Model.Endpoint("fraud-scores"),
                Surface.VertexPredict,
                Surface.OpenInference,
                Surface.KServeV1);
        gateways.values().forEach(GatewayProcess::awaitReady);
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/", this::control);
        control.start();
    }

    private void gateway(String name, Model model, Surface... surfaces) {
        Path directory = folder.resolve(name);
        Policies policies = Policies.churn(issuer.url(), cloud.authority())
                .surfaces(surfaces)
                .model(model)
                .gateway(new GatewayRules(1, Optional.empty(), List.of(), List.of(), true))
                .roles(new Role(
                        "analyst",
                        List.of("okta"),
                        "bindings.analysts in claims.groups",
                        List.of(Action.values()),
                        Optional.empty(),
                        new DataRules(List.of("functions"), List.of(), false, 1, false, List.of()),
                        Optional.empty()));
        policies.named("fraud").writeTo(directory);
        gateways.put(
                name,
                GatewayProcess.start(
                        folder,
                        Map.of(
                                "SPE_POLICY_DIRECTORY",
                                directory.toString(),
                                "GCE_METADATA_HOST",
                                metadata.host(),
                                "JAVA_TOOL_OPTIONS",
                                GatewayProcess.SHORT_LIVED + " -Djavax.net.ssl.trustStore="
                                        + folder.resolve("trust.p12") + " -Djavax.net.ssl.trustStoreType=PKCS12")));
    }

    /** What scripts read. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        gateways.forEach((name, gateway) -> environment.put("SDK_" + name + "_URL", gateway.url()));
        environment.put(
                "SDK_CONTROL_URL", "http://127.0.0.1:" + control.getAddress().getPort());
        environment.put("SDK_TOKEN", issuer.token("analyst@example.com", Policies.AUDIENCE));
        environment.put("SDK_NOBODY_TOKEN", issuer.token("guest@example.com", Policies.AUDIENCE));
        return environment;
    }

    /** `/every?code=…&retry=…`, `/every?cut=2`, `/every?errorFrame=1`, `/reset`, `/last`. */
    private void control(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        for (String parameter : Optional.ofNullable(exchange.getRequestURI().getQuery())
                .orElse("")
                .split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            query.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        ObjectNode answer = JSON.createObjectNode();
        switch (exchange.getRequestURI().getPath()) {
            case "/every" -> cloud.faults().everyPrediction(fault(query));
            case "/reset" -> cloud.faults().reset();
            default -> {
                ReceivedPrediction last = cloud.predictions().received().getLast();
                answer.put("path", last.path()).put("body", last.body().toStringUtf8());
            }
        }
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static PredictionFault fault(Map<String, String> query) {
        if (query.containsKey("cut")) {
            return new PredictionFault.Cut(Integer.parseInt(query.get("cut")));
        }
        if (query.containsKey("errorFrame")) {
            return new PredictionFault.ErrorFrame(
                    Integer.parseInt(query.get("errorFrame")), Code.UNAVAILABLE, "The model is overloaded.");
        }
        return new PredictionFault.Refuse(
                Code.valueOf(query.get("code")),
                "Resource exhausted, please try again later.",
                Optional.ofNullable(query.get("retry")).map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
    }

    Path folder() {
        return folder;
    }

    /** What the gateways wrote, for failures. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        gateways.forEach((name, gateway) -> logs.append(name)
                .append(": ")
                .append(gateway.process().logTail(5))
                .append('\n'));
        return logs.toString();
    }

    @Override
    public void close() {
        control.stop(0);
        gateways.values().forEach(GatewayProcess::close);
        metadata.close();
        issuer.close();
        cloud.close();
    }
}
