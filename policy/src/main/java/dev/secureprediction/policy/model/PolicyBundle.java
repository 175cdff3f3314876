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
        Upstream upstream) {

    /** The format that this code reads and writes. */
    public static final int FORMAT_VERSION = 1;

    public PolicyBundle {
        surfaces = List.copyOf(surfaces);
        issuers = List.copyOf(issuers);
        bindings = Map.copyOf(bindings);
        roles = List.copyOf(roles);
    }
}
