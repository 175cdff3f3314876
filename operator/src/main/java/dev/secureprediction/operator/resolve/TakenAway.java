package dev.secureprediction.operator.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an edit of an environment only takes away: issuers, their audiences and algorithms, proxies that are believed, and
 * requirements that bring in nothing new. A list that also got something new waits whole: half of an exchange would be an outage.
 */
final class TakenAway {

    private TakenAway() {}

    /** Takes it from an older spec, too. */
    static void since(ObjectNode older, JsonNode now) {
        if (isFewer(older.path("issuers"), now.path("issuers"))) {
            older.set("issuers", now.path("issuers"));
        }
        JsonNode require = Floors.tightened(older.path("require"), now.path("require"));
        if (!require.isEmpty()) {
            older.set("require", require);
        }
        proxies(older, now);
    }

    private static void proxies(ObjectNode older, JsonNode now) {
        JsonNode had = older.at("/gateway/trustedProxies");
        JsonNode has = now.at("/gateway/trustedProxies");
        if (!had.equals(has)
                && older.path("gateway") instanceof ObjectNode gateway
                && texts(had).containsAll(texts(has))) {
            gateway = gateway.deepCopy();
            if (has.isEmpty()) {
                gateway.remove("trustedProxies");
            } else {
                gateway.set("trustedProxies", has);
            }
            older.set("gateway", gateway);
        }
    }

    /** Whether every issuer was there before and is trusted with nothing more. */
    private static boolean isFewer(JsonNode had, JsonNode has) {
        return !has.isEmpty()
                && has.valueStream()
                        .allMatch(issuer -> had.valueStream()
                                .filter(other -> other.path("name").equals(issuer.path("name")))
                                .anyMatch(other -> isNarrower(issuer, other)));
    }

    private static boolean isNarrower(JsonNode issuer, JsonNode before) {
        return bare(issuer).equals(bare(before))
                && isWithin(issuer.path("audiences"), before.path("audiences"))
                && isWithin(issuer.path("algorithms"), before.path("algorithms"))
                && isWithin(issuer.path("tokenTypes"), before.path("tokenTypes"))
                && stale(issuer) <= stale(before);
    }

    /** An absent list means a default, which need not be less than what was listed. */
    private static boolean isWithin(JsonNode has, JsonNode had) {
        return texts(has).equals(texts(had)) || (!has.isEmpty() && texts(had).containsAll(texts(has)));
    }

    private static long stale(JsonNode issuer) {
        return issuer.path("maxStaleSeconds").asLong(Defaults.MAX_STALE_SECONDS);
    }

    /** All of an issuer that cannot be narrowed. */
    private static JsonNode bare(JsonNode issuer) {
        return Optional.of(issuer)
                .filter(ObjectNode.class::isInstance)
                .map(node -> ((ObjectNode) node.deepCopy())
                        .without(List.of("audiences", "algorithms", "tokenTypes", "maxStaleSeconds")))
                .map(JsonNode.class::cast)
                .orElse(issuer);
    }

    private static Set<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return Set.copyOf(texts);
    }
}
