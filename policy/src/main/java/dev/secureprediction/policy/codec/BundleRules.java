package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Timeouts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a bundle must hold to be enforced, beyond its JSON shape. The operator's resources have the same bounds; they
 * are checked again here since a gateway trusts no file.
 */
final class BundleRules {

    private static final int MAX_ROLES = 32;
    private static final int MAX_ISSUERS = 16;
    private static final int MAX_BINDINGS = 64;
    private static final long MAX_BODY_BYTES = 32L << 20;
    private static final long MAX_TIMEOUT_MILLISECONDS = 3_600_000;
    private static final int MAX_EXPRESSION = 4096;

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
        checkRoles(bundle);
        checkRequest(bundle.request());
        checkTimeouts(bundle.timeouts());
        UpstreamRules.check("/upstream", bundle.upstream());
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

    private static void checkRoles(PolicyBundle bundle) {
        Check.size("/roles", bundle.roles(), 1, MAX_ROLES);
        Set<String> known = bundle.issuers().stream().map(Issuer::name).collect(Collectors.toUnmodifiableSet());
        for (int i = 0; i < bundle.roles().size(); i++) {
            checkRole("/roles/" + i, bundle.roles().get(i), known);
        }
        Check.unique("/roles", bundle.roles(), Role::name, "/name");
    }

    private static void checkRole(String pointer, Role role, Set<String> known) {
        Check.matches(pointer + "/name", role.name(), 63, DNS_LABEL, "a DNS label (RFC 1123); rename it");
        Check.size(pointer + "/issuers", role.issuers(), 1, MAX_ISSUERS);
        Check.unique(pointer + "/issuers", role.issuers(), name -> name, "");
        for (int i = 0; i < role.issuers().size(); i++) {
            Check.that(
                    known.contains(role.issuers().get(i)),
                    pointer + "/issuers/" + i,
                    "names no issuer of this bundle; use a name from /issuers");
        }
        Check.text(pointer + "/when", role.when(), MAX_EXPRESSION);
        Check.size(pointer + "/actions", role.actions(), 1, 4);
        Check.unique(pointer + "/actions", role.actions(), action -> action, "");
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
