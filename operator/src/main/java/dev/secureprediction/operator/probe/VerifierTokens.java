package dev.secureprediction.operator.probe;

import dev.secureprediction.operator.plan.VerifierIdentity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens from the cluster's own issuer (TokenRequest), made when needed, used for a while, and one kept until it has
 * expired. Kubernetes stores nothing of it but the two accounts, which are made once.
 */
public final class VerifierTokens {

    private static final Logger LOG = LoggerFactory.getLogger(VerifierTokens.class);

    /** The shortest that the API server gives. */
    private static final long LIFETIME_SECONDS = 600;

    private static final Duration USED = Duration.ofSeconds(LIFETIME_SECONDS / 2);
    /** Gateways forgive clocks that differ by so much, and more. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<VerifierIdentity, Kept> kept = new ConcurrentHashMap<>();

    public VerifierTokens(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Tokens of an identity; absent when the API server gives none. */
    public Optional<ProbeTokens> of(VerifierIdentity identity) {
        try {
            return Optional.of(kept.compute(identity, (known, before) -> fresh(known, before))
                    .tokens());
        } catch (KubernetesClientException e) {
            LOG.warn("no token to prove gateways with could be had: {} {}", e.getCode(), e.getMessage());
            return Optional.empty();
        }
    }

    private Kept fresh(VerifierIdentity identity, @Nullable Kept before) {
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.made().plus(USED)) && !before.ripens(now)) {
            return before;
        }
        Optional<Aging> aging = before == null ? Optional.empty() : before.aging();
        Optional<String> expired =
                before == null ? Optional.empty() : before.tokens().expired();
        if (aging.filter(old -> now.isAfter(old.useFrom())).isPresent()) {
            expired = aging.map(Aging::token);
            aging = Optional.empty();
        }
        String good = token(identity.namespace(), identity.account(), identity.audience());
        ProbeTokens tokens = new ProbeTokens(
                good,
                token(identity.namespace(), identity.stranger(), identity.audience()),
                token(identity.namespace(), identity.account(), identity.audience() + "/other"),
                expired);
        Optional<Aging> next = aging.or(() ->
                Optional.of(new Aging(good, now.plusSeconds(LIFETIME_SECONDS).plus(SKEW))));
        return new Kept(tokens, next, now);
    }

    private String token(String namespace, String account, String audience) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audience)
                .withExpirationSeconds(LIFETIME_SECONDS)
                .endSpec()
                .build();
        var accounts = client.serviceAccounts().inNamespace(namespace);
        try {
            return accounts.withName(account).tokenRequest(request).getStatus().getToken();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            accounts.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(account)
                            .addToLabels("app.kubernetes.io/managed-by", "secure-prediction-operator")
                            .endMetadata()
                            .withAutomountServiceAccountToken(false)
                            .build())
                    .create();
            return accounts.withName(account).tokenRequest(request).getStatus().getToken();
        }
    }

    /** One that is kept until it has expired. */
    private record Aging(String token, Instant useFrom) {
        @Override
        public String toString() {
            return "Aging[redacted]";
        }
    }

    private record Kept(ProbeTokens tokens, Optional<Aging> aging, Instant made) {

        boolean ripens(Instant now) {
            return aging.filter(old -> now.isAfter(old.useFrom())).isPresent();
        }
    }
}
