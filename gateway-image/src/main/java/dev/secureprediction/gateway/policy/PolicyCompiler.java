package dev.secureprediction.gateway.policy;

import dev.secureprediction.gateway.guardrail.Guardrails;
import dev.secureprediction.gateway.guardrail.Screeners;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.tokens.KeyRegistry;
import dev.secureprediction.gateway.tokens.RevocationList;
import dev.secureprediction.gateway.tokens.TokenVerifier;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.schema.InvalidSchemaException;
import dev.secureprediction.policy.schema.RequestSchema;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Turns the bytes of `policy.json` into a snapshot that could serve: parsed, checked, compiled. */
public final class PolicyCompiler {
    private static final Set<Surface> SERVED = SurfaceRegistry.standard().surfaces();

    private final KeyRegistry keys;
    private final RevocationList revocations;
    private final Clock clock;
    private final long maxBodyBytes;
    private final boolean hasStore;
    private final Screeners screeners;

    /**
     * A compiler for policies of this gateway.
     *
     * @param maxBodyBytes largest request body that its memory allows
     * @param hasStore whether it was given a store that all pods share
     * @param screeners who is asked by guardrails
     */
    public PolicyCompiler(
            KeyRegistry keys,
            RevocationList revocations,
            Clock clock,
            long maxBodyBytes,
            boolean hasStore,
            Screeners screeners) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
        this.maxBodyBytes = maxBodyBytes;
        this.hasStore = hasStore;
        this.screeners = screeners;
    }

    PolicySnapshot compile(byte[] json) throws PolicyRefusedException {
        try {
            PolicyBundle bundle = PolicyCodec.read(json);
            for (Surface surface : bundle.surfaces()) {
                if (!SERVED.contains(surface)) {
                    throw new PolicyRefusedException("surfaces: this gateway does not serve " + surface);
                }
            }
            Optional<String> limit = LimitChecks.problem(bundle, hasStore);
            if (limit.isPresent()) {
                throw new PolicyRefusedException(limit.get());
            }
            if (bundle.request().maxBytes() > maxBodyBytes) {
                throw new PolicyRefusedException(
                        "request.maxBytes: this gateway's memory allows at most " + maxBodyBytes + "; lower it");
            }
            Decisions decisions = Decisions.of(bundle);
            Optional<RequestSchema> schema = bundle.request().schema().isPresent()
                    ? Optional.of(
                            RequestSchema.compile(bundle.request().schema().get()))
                    : Optional.empty();
            return new PolicySnapshot(
                    bundle,
                    PolicyCodec.digest(bundle),
                    TokenVerifier.of(bundle.issuers(), keys, revocations, clock),
                    decisions,
                    schema,
                    guardrails(bundle),
                    clock.instant());
        } catch (InvalidPolicyException e) {
            throw new PolicyRefusedException(String.valueOf(e.getMessage()), e);
        } catch (InvalidSchemaException e) {
            throw new PolicyRefusedException("request.schema: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new PolicyRefusedException("issuers: " + e.getMessage(), e);
        }
    }

    private Guardrails guardrails(PolicyBundle bundle) throws PolicyRefusedException {
        try {
            return Guardrails.compile(bundle, screeners);
        } catch (IllegalArgumentException e) {
            throw new PolicyRefusedException("guardrails: " + e.getMessage(), e);
        }
    }
}
