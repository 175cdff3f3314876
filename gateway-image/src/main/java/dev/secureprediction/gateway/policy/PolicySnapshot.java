package dev.secureprediction.gateway.policy;

import dev.secureprediction.gateway.guardrail.Guardrails;
import dev.secureprediction.gateway.tokens.TokenVerifier;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.schema.RequestSchema;
import java.time.Instant;
import java.util.Optional;

/**
 * A policy in force. Immutable: a call keeps the one it began with.
 *
 * @param bundle what the operator wrote
 * @param digest `sha256:` and the hex digest of the bundle
 * @param tokens verifies tokens by its issuers
 * @param decisions decides by its roles
 * @param schema checks request bodies; absent: any JSON object
 * @param guardrails checks prompts and answers, and shapes these
 * @param loadedAt when it came into force
 */
public record PolicySnapshot(
        PolicyBundle bundle,
        String digest,
        TokenVerifier tokens,
        Decisions decisions,
        Optional<RequestSchema> schema,
        Guardrails guardrails,
        Instant loadedAt) {}
