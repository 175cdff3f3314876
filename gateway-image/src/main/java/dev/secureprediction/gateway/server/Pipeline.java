package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.answer.Room;
import dev.secureprediction.gateway.audit.AuditLog;
import dev.secureprediction.gateway.docs.Documents;
import dev.secureprediction.gateway.health.UpstreamHealth;
import dev.secureprediction.gateway.metrics.GatewayMetrics;
import dev.secureprediction.gateway.otlp.Spans;
import dev.secureprediction.gateway.pipeline.Acceptor;
import dev.secureprediction.gateway.pipeline.Admission;
import dev.secureprediction.gateway.pipeline.Authenticator;
import dev.secureprediction.gateway.pipeline.Authorizer;
import dev.secureprediction.gateway.pipeline.Guard;
import dev.secureprediction.gateway.pipeline.Inspector;
import dev.secureprediction.gateway.pipeline.Recaller;
import dev.secureprediction.gateway.pipeline.Reserver;
import dev.secureprediction.gateway.policy.PolicyInForce;

/** The stages and what every call is recorded in; shared by all event loops. */
public record Pipeline(
        PolicyInForce policy,
        Acceptor acceptor,
        Authenticator authenticator,
        Authorizer authorizer,
        Admission admission,
        Inspector inspector,
        Guard guard,
        Recaller recaller,
        Reserver reserver,
        Room answers,
        UpstreamHealth health,
        Callers callers,
        Documents documents,
        AuditLog audit,
        Spans spans,
        GatewayMetrics metrics,
        Draining draining) {}
