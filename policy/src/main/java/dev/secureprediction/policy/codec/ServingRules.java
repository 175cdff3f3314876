package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.ResponseRules;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a bundle says of answers and of the gateway itself. */
final class ServingRules {

    private static final long MAX_TTL_SECONDS = 86_400;
    private static final Pattern RANGE = Pattern.compile("[0-9a-fA-F:.]{2,45}/[0-9]{1,3}");

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

    // framing, caching and authentication are between the caller and the gateway
    private static final Set<String> OWN_HEADERS = Set.of(
            "alt-svc",
            "cache-control",
            "clear-site-data",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "location",
            "proxy-authenticate",
            "proxy-connection",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "server",
            "set-cookie",
            "strict-transport-security",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "via",
            "www-authenticate",
            "x-content-type-options",
            "x-request-id",
            "x-should-retry");
    // which pages may read answers is said by `gateway.corsOrigins` alone
    private static final String CORS_PREFIX = "access-control-";

    private ServingRules() {}

    static void check(PolicyBundle bundle) {
        checkResponse(bundle.response());
        Check.range("/retries/budgetPercent", bundle.retries().budgetPercent(), 0, 100);
        checkGateway(bundle.gateway());
    }

    private static void checkResponse(ResponseRules response) {
        response.cache()
                .ifPresent(cache -> Check.range("/response/cache/ttlSeconds", cache.ttlSeconds(), 1, MAX_TTL_SECONDS));
        PatternRules.checkKinds("/response/redact", response.redact(), 0);
        Check.size("/response/fields", response.fields(), 0, 64);
        for (int i = 0; i < response.fields().size(); i++) {
            Check.text("/response/fields/" + i, response.fields().get(i), 128);
        }
        Check.size("/response/headers", response.headers(), 0, 32);
        for (int i = 0; i < response.headers().size(); i++) {
            String name = response.headers().get(i);
            String pointer = "/response/headers/" + i;
            Check.matches(pointer, name, 128, HEADER, "a header's name (RFC 9110, section 5.1); correct it");
            String lower = name.toLowerCase(Locale.ROOT);
            Check.that(
                    !OWN_HEADERS.contains(lower) && !lower.startsWith(CORS_PREFIX),
                    pointer,
                    "is a header that the gateway itself answers for; remove it");
        }
    }

    private static void checkGateway(GatewayRules gateway) {
        Check.range("/gateway/maxReplicas", gateway.maxReplicas(), 1, 1000);
        Check.size("/gateway/trustedProxies", gateway.trustedProxies(), 0, 32);
        for (int i = 0; i < gateway.trustedProxies().size(); i++) {
            Check.matches(
                    "/gateway/trustedProxies/" + i,
                    gateway.trustedProxies().get(i),
                    49,
                    RANGE,
                    "a range of addresses such as 10.0.0.0/8");
        }
        Check.size("/gateway/corsOrigins", gateway.corsOrigins(), 0, 32);
        for (int i = 0; i < gateway.corsOrigins().size(); i++) {
            Urls.checkHttps("/gateway/corsOrigins/" + i, gateway.corsOrigins().get(i));
        }
    }
}
