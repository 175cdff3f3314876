package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a bundle's roles must hold to be enforced. */
final class RoleRules {

    private static final int MAX_ROLES = 32;
    private static final int MAX_ISSUERS = 16;
    private static final int MAX_EXPRESSION = 4096;
    private static final long MAX_COUNT = 1_000_000_000;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("gs://[a-z0-9][-a-z0-9._]*(?:/.*)?");

    private RoleRules() {}

    static void check(String pointer, List<Role> roles, List<Issuer> issuers) {
        Check.size(pointer, roles, 1, MAX_ROLES);
        Set<String> known = issuers.stream().map(Issuer::name).collect(Collectors.toUnmodifiableSet());
        for (int i = 0; i < roles.size(); i++) {
            check(pointer + "/" + i, roles.get(i), known);
        }
        Check.unique(pointer, roles, Role::name, "/name");
    }

    private static void check(String pointer, Role role, Set<String> known) {
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
        role.limits().ifPresent(limits -> checkLimits(pointer + "/limits", limits));
        checkData(pointer + "/data", role.data());
        role.route()
                .ifPresent(route -> UpstreamRules.checkPlace(
                        pointer + "/route", route.authority(), route.location(), route.model()));
    }

    private static void checkLimits(String pointer, Limits limits) {
        checkCount(pointer + "/requestsPerMinute", limits.requestsPerMinute());
        checkCount(pointer + "/tokensPerMinute", limits.tokensPerMinute());
        checkCount(pointer + "/maxOutputTokens", limits.maxOutputTokens());
        checkCount(pointer + "/maxConcurrent", limits.maxConcurrent());
    }

    private static void checkCount(String pointer, Optional<Long> count) {
        count.ifPresent(value -> Check.range(pointer, value, 1, MAX_COUNT));
    }

    private static void checkData(String pointer, DataRules data) {
        Check.size(pointer + "/tools", data.tools(), 0, 32);
        Check.size(pointer + "/storagePrefixes", data.storagePrefixes(), 0, 32);
        for (int i = 0; i < data.storagePrefixes().size(); i++) {
            Check.matches(
                    pointer + "/storagePrefixes/" + i,
                    data.storagePrefixes().get(i),
                    1024,
                    PREFIX,
                    "a Cloud Storage prefix as gs://bucket/folder/; correct it");
        }
        Check.range(pointer + "/candidates", data.candidates(), 1, 8);
        Check.size(pointer + "/trafficTiers", data.trafficTiers(), 0, 8);
    }
}
