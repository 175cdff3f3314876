package dev.secureprediction.gateway.admin;

import dev.secureprediction.gateway.audit.AuditLog;
import dev.secureprediction.gateway.health.ModelVersions;
import dev.secureprediction.gateway.metrics.GatewayMetrics;
import dev.secureprediction.gateway.permission.PermissionWatch;
import dev.secureprediction.gateway.policy.PolicyInForce;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The admin port: plain HTTP, read only, reachable for the kubelet, the operator and Prometheus by NetworkPolicy. */
public final class AdminServer {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final Readiness readiness;
    private final PolicyInForce policy;
    private final PermissionWatch permissions;
    private final AuditLog audit;
    private final ModelVersions versions;
    private final GatewayMetrics metrics;

    public AdminServer(
            Vertx vertx,
            Readiness readiness,
            PolicyInForce policy,
            PermissionWatch permissions,
            AuditLog audit,
            ModelVersions versions,
            GatewayMetrics metrics) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.policy = policy;
        this.permissions = permissions;
        this.audit = audit;
        this.versions = versions;
        this.metrics = metrics;
    }

    public Future<HttpServer> listen(int port, String address) {
        return vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::handle)
                .listen(port, address);
    }

    private void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            answer(request, 405, TEXT, Buffer.buffer("only GET\n"));
            return;
        }
        switch (String.valueOf(request.path())) {
            case "/livez" -> answer(request, 200, TEXT, Buffer.buffer("ok\n"));
            case "/readyz" -> ready(request);
            case "/policy" ->
                answer(
                        request,
                        200,
                        "application/json",
                        Buffer.buffer(PolicyReport.of(policy, permissions, audit.head(), versions)));
            case "/metrics" ->
                answer(request, 200, "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(metrics.scrape()));
            default -> answer(request, 404, TEXT, Buffer.buffer("not here\n"));
        }
    }

    private void ready(HttpServerRequest request) {
        Optional<String> obstacle = readiness.obstacle();
        answer(request, obstacle.isEmpty() ? 200 : 503, TEXT, Buffer.buffer(obstacle.orElse("ok") + "\n"));
    }

    private static void answer(HttpServerRequest request, int status, String type, Buffer body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }
}
