package dev.secureprediction.policy.model;

import java.util.List;
import java.util.Map;

/**
 * All that a gateway enforces. Issuer keys that the operator carries and revocations are files beside it
 * ({@link IssuerKeys}, {@link Revocations}), so that they change without it.
 *
 * @param formatVersion version of this format; a gateway refuses one it does not know
 * @param endpoint whose policy this is
 * @param contractDigest digest of the contract it was compiled from
 * @param surfaces the wire protocols served
 * @param issuers the issuers trusted; names are unique
 * @param bindings names that role expressions use for groups
 * @param roles in order
 * @param request rules for request bodies
 * @param timeouts deadlines of upstream calls
 * @param upstream where calls go
 * @param guardrails checks of prompts and answers, the environment's first
 * @param response what becomes of answers
 * @param audit what audit records must and may hold
 * @param retries repeated calls to the model
 * @param gateway how the gateway itself is run
 */
public record PolicyBundle(
        int formatVersion,
        EndpointIdentity endpoint,
        String contractDigest,
        List<Surface> surfaces,
        List<Issuer> issuers,
        Map<String, String> bindings,
        List<Role> roles,
        RequestRules request,
        Timeouts timeouts,
        Upstream upstream,
        List<Guardrail> guardrails,
        ResponseRules response,
        AuditRules audit,
        Retries retries,
        GatewayRules gateway) {

    /** The format that this code reads and writes. */
    public static final int FORMAT_VERSION = 1;

    public PolicyBundle {
        surfaces = List.copyOf(surfaces);
        issuers = List.copyOf(issuers);
        bindings = Map.copyOf(bindings);
        roles = List.copyOf(roles);
        guardrails = List.copyOf(guardrails);
    }

    /** A bundle without guardrails, whose answers go on as they are, for one pod. */
    public static PolicyBundle plain(
            EndpointIdentity endpoint,
            String contractDigest,
            List<Surface> surfaces,
            List<Issuer> issuers,
            Map<String, String> bindings,
            List<Role> roles,
            RequestRules request,
            Timeouts timeouts,
            Upstream upstream) {
        return new PolicyBundle(
                FORMAT_VERSION,
                endpoint,
                contractDigest,
                surfaces,
                issuers,
                bindings,
                roles,
                request,
                timeouts,
                upstream,
                List.of(),
                ResponseRules.AS_IS,
                AuditRules.STRICT,
                new Retries(0),
                GatewayRules.ALONE);
    }
}
