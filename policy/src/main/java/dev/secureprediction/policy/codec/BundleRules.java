package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.Timeouts;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a bundle must hold to be enforced, beyond its JSON shape. The operator's resources have the same bounds; they
 * are checked again here since a gateway trusts no file.
 */
final class BundleRules {

    private static final int MAX_ISSUERS = 16;
    private static final int MAX_BINDINGS = 64;
    private static final long MAX_BODY_BYTES = 32L << 20;
    private static final long MAX_TIMEOUT_MILLISECONDS = 3_600_000;

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern DNS_SUBDOMAIN =
            Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern CONTRACT_DIGEST = Pattern.compile("v1:[0-9a-f]{64}");
    private static final Pattern BINDING = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private BundleRules() {}

    static void check(PolicyBundle bundle) {
        checkIdentity(bundle.endpoint());
        Check.matches(
                "/contractDigest",
                bundle.contractDigest(),
                67,
                CONTRACT_DIGEST,
                "`v1:` and 64 lower-case hexadecimal digits; compute it again");
        Check.size("/surfaces", bundle.surfaces(), 1, 6);
        Check.unique("/surfaces", bundle.surfaces(), surface -> surface, "");
        checkIssuers(bundle.issuers());
        checkBindings(bundle.bindings());
        RoleRules.check("/roles", bundle.roles(), bundle.issuers());
        checkRequest(bundle.request());
        checkTimeouts(bundle.timeouts());
        UpstreamRules.check("/upstream", bundle.upstream());
        GuardrailRules.check("/guardrails", bundle.guardrails());
        ServingRules.check(bundle);
    }

    private static void checkIdentity(EndpointIdentity identity) {
        String meaning = "a name as Kubernetes has it (RFC 1123); correct it";
        Check.matches("/endpoint/environment", identity.environment(), 253, DNS_SUBDOMAIN, meaning);
        Check.matches("/endpoint/namespace", identity.namespace(), 63, DNS_LABEL, meaning);
        Check.matches("/endpoint/name", identity.name(), 253, DNS_SUBDOMAIN, meaning);
    }

    private static void checkIssuers(List<Issuer> issuers) {
        Check.size("/issuers", issuers, 1, MAX_ISSUERS);
        for (int i = 0; i < issuers.size(); i++) {
            IssuerRules.check("/issuers/" + i, issuers.get(i));
        }
        Check.unique("/issuers", issuers, Issuer::name, "/name");
    }

    private static void checkBindings(Map<String, String> bindings) {
        Check.size("/bindings", bindings.keySet(), 0, MAX_BINDINGS);
        bindings.forEach((name, value) -> {
            String pointer = Pointers.child("/bindings", name);
            Check.matches(pointer, name, 63, BINDING, "named by a letter, then letters, digits and _; rename it");
            Check.text(pointer, value, 255);
        });
    }

    private static void checkRequest(RequestRules request) {
        Check.range("/request/maxBytes", request.maxBytes(), 1, MAX_BODY_BYTES);
        request.schema()
                .ifPresent(schema -> Check.that(
                        schema.isObject() || schema.isBoolean(),
                        "/request/schema",
                        "must be a JSON Schema, an object or a boolean; correct it"));
    }

    private static void checkTimeouts(Timeouts timeouts) {
        long total = timeouts.totalMilliseconds();
        Check.range("/timeouts/totalMilliseconds", total, 1, MAX_TIMEOUT_MILLISECONDS);
        Check.range("/timeouts/connectMilliseconds", timeouts.connectMilliseconds(), 1, total);
        Check.range("/timeouts/firstByteMilliseconds", timeouts.firstByteMilliseconds(), 1, total);
        Check.range("/timeouts/idleMilliseconds", timeouts.idleMilliseconds(), 1, total);
    }
}
