package dev.secureprediction.operator.probe;

import dev.secureprediction.operator.plan.VerifierIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens from the cluster's own issuer (TokenRequest), made when needed, used for a while, and one kept until it has
 * expired. Kubernetes stores nothing of it but the two accounts, which are made once.
 */
public final class VerifierTokens {

    private static final Logger LOG = LoggerFactory.getLogger(VerifierTokens.class);

    private static final Duration USED = TokenRequests.LIFETIME.dividedBy(2);

    /** Until then they are used where no new ones can be had. */
    private static final Duration GOOD = TokenRequests.LIFETIME.minusMinutes(2);

    /** Gateways forgive clocks that differ by so much, and more. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final Duration EXPIRED = TokenRequests.LIFETIME.plus(SKEW);

    private final Source source;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<VerifierIdentity, Kept> kept = new ConcurrentHashMap<>();

    /** Makes tokens. */
    interface Source {

        /** A new one; {@link KubernetesClientException} where the API server gives none. */
        String token(String namespace, String account, String audience);
    }

    public VerifierTokens(KubernetesClient client, Clock clock) {
        this(new TokenRequests(client), clock, System::nanoTime);
    }

    VerifierTokens(Source source, InstantSource clock, LongSupplier nanoTime) {
        this.source = source;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Tokens of an identity; absent when the API server gives none, and those of before are too old. */
    public Optional<ProbeTokens> of(VerifierIdentity identity) {
        try {
            return Optional.of(kept.compute(identity, (known, before) -> fresh(known, before))
                    .tokens());
        } catch (KubernetesClientException e) {
            LOG.warn("no token to prove gateways with could be had: {} {}", e.getCode(), e.getMessage());
            Moment now = Moment.of(clock, nanoTime);
            return Optional.ofNullable(kept.get(identity))
                    .filter(before -> before.made().atMost(now).compareTo(GOOD) < 0)
                    .map(Kept::tokens);
        }
    }

    private Kept fresh(VerifierIdentity identity, @Nullable Kept before) {
        Moment now = Moment.of(clock, nanoTime);
        if (before != null && before.made().atMost(now).compareTo(USED) < 0 && !before.ripens(now)) {
            return before;
        }
        Optional<Aging> aging = before == null ? Optional.empty() : before.aging();
        Optional<String> expired =
                before == null ? Optional.empty() : before.tokens().expired();
        if (aging.filter(old -> old.isExpired(now)).isPresent()) {
            expired = aging.map(Aging::token);
            aging = Optional.empty();
        }
        String good = source.token(identity.namespace(), identity.account(), identity.audience());
        ProbeTokens tokens = new ProbeTokens(
                good,
                source.token(identity.namespace(), identity.stranger(), identity.audience()),
                source.token(identity.namespace(), identity.account(), identity.audience() + "/other"),
                expired);
        return new Kept(tokens, aging.or(() -> Optional.of(new Aging(good, now))), now);
    }

    /** One that is kept until it has expired. */
    private record Aging(String token, Moment made) {

        /** By both clocks: a gateway that takes a token which has not expired after all would be called open. */
        boolean isExpired(Moment now) {
            return made.atLeast(now).compareTo(EXPIRED) > 0;
        }

        @Override
        public String toString() {
            return "Aging[redacted]";
        }
    }

    private record Kept(ProbeTokens tokens, Optional<Aging> aging, Moment made) {

        boolean ripens(Moment now) {
            return aging.filter(old -> old.isExpired(now)).isPresent();
        }
    }
}
