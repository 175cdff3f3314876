package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.guardrail.Guardrails;
import dev.secureprediction.gateway.guardrail.Screeners;
import dev.secureprediction.gateway.policy.Decisions;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.tokens.KeyRegistry;
import dev.secureprediction.gateway.tokens.RevocationList;
import dev.secureprediction.gateway.tokens.SignatureProvider;
import dev.secureprediction.gateway.tokens.TokenVerifier;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.KeySource;
import dev.secureprediction.policy.schema.RequestSchema;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Snapshots of policies whose issuer is never asked. */
public final class Snapshots {
    private Snapshots() {}

    public static PolicySnapshot of(Policies policies) {
        Issuer usual = policies.bundle().issuers().getFirst();
        Policies offline = policies.issuers(new Issuer(
                usual.name(),
                usual.url(),
                usual.audiences(),
                usual.algorithms(),
                usual.claims(),
                new KeySource.Carried(),
                usual.maxStaleSeconds(),
                Optional.empty(),
                List.of()));
        KeyRegistry registry = KeyRegistry.overHttps(
                SignatureProvider::jdk, Executors.newSingleThreadScheduledExecutor(), Clock.systemUTC());
        return new PolicySnapshot(
                offline.bundle(),
                offline.digest(),
                TokenVerifier.of(offline.bundle().issuers(), registry, new RevocationList(), Clock.systemUTC()),
                Decisions.of(offline.bundle()),
                offline.bundle().request().schema().map(RequestSchema::compile),
                Guardrails.compile(
                        offline.bundle(),
                        new Screeners(
                                () -> CompletableFuture.failedFuture(new IllegalStateException("no credential")))),
                Clock.systemUTC().instant());
    }
}
