package dev.secureprediction.operator.promotions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.status.EnvironmentPreview;
import dev.secureprediction.operator.status.Preview;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves `GET /promotions/{environment}/{namespace}/{name}?digest=…` by TLS: 200 when that contract may come into the
 * environment, 409 with reasons when not. Callers show a token of the cluster and must be allowed to read the endpoint.
 * Serves `POST /plans/{namespace}/{name}` with an endpoint as its body: what applying it would change. Callers must be allowed
 * to update it. Serves `POST /plans/{environment}` alike, with an environment: endpoint by endpoint.
 */
public final class PromotionServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PromotionServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BACKLOG = 16;
    private static final String BEARER = "Bearer ";

    /** What is known of an endpoint of an environment. */
    @FunctionalInterface
    public interface Lookup {

        /** Empty when there is no such endpoint. */
        Optional<EndpointInputs> find(String environment, String namespace, String name);
    }

    /** What applying an endpoint or an environment would change. */
    public interface Planner {

        /** Looks; writes nothing. */
        Preview plan(SecurePredictionEndpoint endpoint);

        /** Looks; writes nothing. */
        EnvironmentPreview plan(PredictionEnvironment environment);
    }

    private final HttpsServer server;
    private final Callers callers;
    private final Lookup lookup;
    private final Planner planner;

    private PromotionServer(HttpsServer server, Callers callers, Lookup lookup, Planner planner) {
        this.server = server;
        this.callers = callers;
        this.lookup = lookup;
        this.planner = planner;
    }

    /** Starts it. */
    public static PromotionServer start(
            InetSocketAddress address, SSLContext tls, KubernetesClient client, Lookup lookup, Planner planner) {
        try {
            var server = HttpsServer.create(address, BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            var promotions = new PromotionServer(server, new Callers(client), lookup, planner);
            server.createContext("/", promotions::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return promotions;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + " for promotions", e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Promotions.Answer answer;
            try {
                answer = answer(exchange);
            } catch (KubernetesClientException e) {
                LOG.warn("a caller could not be reviewed: {}", e.getMessage());
                answer = refusal(HttpURLConnection.HTTP_UNAVAILABLE, "the cluster did not answer; try again");
            }
            byte[] body = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Promotions.Answer answer(HttpExchange exchange) throws IOException {
        boolean isPlan = exchange.getRequestURI().getPath().startsWith(PlanQuestion.PATH);
        if (!exchange.getRequestMethod().equals(isPlan ? "POST" : "GET")) {
            return refusal(HttpURLConnection.HTTP_BAD_METHOD, "this only answers " + (isPlan ? "POST" : "GET"));
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Optional<UserInfo> user = authorization == null || !authorization.startsWith(BEARER)
                ? Optional.empty()
                : callers.of(authorization.substring(BEARER.length()));
        if (user.isEmpty()) {
            return refusal(HttpURLConnection.HTTP_UNAUTHORIZED, "show a bearer token of this cluster");
        }
        return isPlan ? plan(exchange, user.get()) : promotion(exchange, user.get());
    }

    private Promotions.Answer promotion(HttpExchange exchange, UserInfo user) {
        Optional<PromotionQuery> query = PromotionQuery.of(exchange.getRequestURI());
        if (query.isEmpty()) {
            return refusal(
                    HttpURLConnection.HTTP_BAD_REQUEST,
                    "expected /promotions/{environment}/{namespace}/{name}?digest=v1:{64 hexadecimal digits}");
        }
        if (!callers.may("get", user, query.get().namespace(), query.get().name())) {
            return forbidden("get", query.get().namespace(), query.get().name());
        }
        return lookup.find(
                        query.get().environment(),
                        query.get().namespace(),
                        query.get().name())
                .map(inputs -> Promotions.of(inputs, query.get()))
                .orElseGet(() -> refusal(
                        HttpURLConnection.HTTP_NOT_FOUND,
                        "environment '" + query.get().environment() + "' has no such endpoint"));
    }

    private Promotions.Answer plan(HttpExchange exchange, UserInfo user) throws IOException {
        Optional<String> environment = PlanQuestion.environment(exchange.getRequestURI());
        if (environment.isPresent()) {
            return plan(exchange, user, environment.get());
        }
        Optional<PlanQuestion> question = PlanQuestion.of(exchange.getRequestURI());
        if (question.isEmpty()) {
            return refusal(
                    HttpURLConnection.HTTP_BAD_REQUEST, "expected /plans/{namespace}/{name} or /plans/{environment}");
        }
        String namespace = question.get().namespace();
        String name = question.get().name();
        if (!callers.may("update", user, namespace, name)) {
            return forbidden("update", namespace, name);
        }
        return question.get()
                .endpoint(exchange.getRequestBody())
                .map(endpoint -> Plans.answer(planner.plan(endpoint)))
                .orElseGet(() -> refusal(
                        HttpURLConnection.HTTP_BAD_REQUEST,
                        "expected the SecurePredictionEndpoint " + namespace + "/" + name + " as JSON"));
    }

    private Promotions.Answer plan(HttpExchange exchange, UserInfo user, String environment) throws IOException {
        if (!callers.may("update", user, environment)) {
            return refusal(
                    HttpURLConnection.HTTP_FORBIDDEN, "you may not update predictionenvironments/" + environment);
        }
        return PlanQuestion.environment(environment, exchange.getRequestBody())
                .map(found -> Plans.answer(planner.plan(found)))
                .orElseGet(() -> refusal(
                        HttpURLConnection.HTTP_BAD_REQUEST,
                        "expected the PredictionEnvironment " + environment + " as JSON"));
    }

    private static Promotions.Answer forbidden(String verb, String namespace, String name) {
        return refusal(
                HttpURLConnection.HTTP_FORBIDDEN,
                "you may not " + verb + " securepredictionendpoints/" + name + " in namespace " + namespace);
    }

    private static Promotions.Answer refusal(int status, String reason) {
        return new Promotions.Answer(status, Map.of("allowed", false, "reasons", List.of(reason)));
    }
}
