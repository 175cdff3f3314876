package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.ResponseRules;

/** What a bundle says of answers and of the gateway itself. */
final class ServingRules {

    private static final long MAX_TTL_SECONDS = 86_400;

    private ServingRules() {}

    static void check(PolicyBundle bundle) {
        checkResponse(bundle.response());
        Check.range("/retries/budgetPercent", bundle.retries().budgetPercent(), 0, 100);
        checkGateway(bundle.gateway());
    }

    private static void checkResponse(ResponseRules response) {
        response.cache()
                .ifPresent(cache -> Check.range("/response/cache/ttlSeconds", cache.ttlSeconds(), 1, MAX_TTL_SECONDS));
        GuardrailRules.checkKinds("/response/redact", response.redact(), 0);
        Check.size("/response/fields", response.fields(), 0, 64);
        Check.size("/response/headers", response.headers(), 0, 32);
    }

    private static void checkGateway(GatewayRules gateway) {
        Check.range("/gateway/maxReplicas", gateway.maxReplicas(), 1, 1000);
        Check.size("/gateway/trustedProxies", gateway.trustedProxies(), 0, 32);
        Check.size("/gateway/corsOrigins", gateway.corsOrigins(), 0, 32);
        for (int i = 0; i < gateway.corsOrigins().size(); i++) {
            Urls.checkHttps("/gateway/corsOrigins/" + i, gateway.corsOrigins().get(i));
        }
    }
}
