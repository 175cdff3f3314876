package dev.secureprediction.gateway.tokens;

import dev.secureprediction.policy.model.Issuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Verifies access tokens by one policy. A new policy makes a new verifier, so nothing cached outlives its policy. */
public final class TokenVerifier {
    private final Map<String, List<TrustedIssuer>> byUrl;
    private final RevocationList revocations;
    private final VerifiedTokenCache cache = new VerifiedTokenCache();
    private final Clock clock;

    private TokenVerifier(Map<String, List<TrustedIssuer>> byUrl, RevocationList revocations, Clock clock) {
        this.byUrl = byUrl;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** A verifier for these issuers; their keys come from the registry. */
    public static TokenVerifier of(
            List<Issuer> issuers, KeyRegistry registry, RevocationList revocations, Clock clock) {
        return new TokenVerifier(
                issuers.stream()
                        .map(issuer -> new TrustedIssuer(issuer, registry.source(issuer)))
                        .collect(Collectors.groupingBy(
                                trusted -> trusted.issuer().url())),
                revocations,
                clock);
    }

    /**
     * Does not block.
     *
     * @param work what its caller may still cost
     */
    public Verification verify(BearerToken token, SignatureWork work) {
        Instant now = clock.instant();
        VerifiedTokenCache.Key key = VerifiedTokenCache.Key.of(token);
        Optional<VerifiedTokenCache.Entry> cached = cache.get(key).filter(entry -> entry.holds(now));
        try {
            Verification verification = cached.isPresent()
                    ? new Verification.Valid(cached.get().token())
                    : verifyAnew(token, key, now, work);
            // also for cached tokens: a revocation must not wait for them to expire
            return verification instanceof Verification.Valid valid && revocations.revokes(valid.token())
                    ? new Verification.Faulty(TokenFault.REVOKED)
                    : verification;
        } catch (FaultyTokenException e) {
            return new Verification.Faulty(e.fault());
        }
    }

    /** Whether the token would be taken with the keys at hand; asks no issuer and remembers nothing. */
    public boolean acceptsNow(BearerToken token) {
        try {
            CompactJws jws = CompactJws.parse(token.text());
            return issuer(jws.claims()).verifyWithKeysAtHand(jws, clock.instant(), SignatureWork.UNBOUNDED)
                    instanceof Verification.Valid;
        } catch (FaultyTokenException e) {
            return false;
        }
    }

    private Verification verifyAnew(BearerToken token, VerifiedTokenCache.Key key, Instant now, SignatureWork work)
            throws FaultyTokenException {
        CompactJws jws = CompactJws.parse(token.text());
        TrustedIssuer issuer = issuer(jws.claims());
        Verification verification = issuer.verify(jws, now, work);
        if (verification instanceof Verification.Valid valid) {
            cache.put(key, new VerifiedTokenCache.Entry(valid.token(), issuer.keys()));
        }
        return verification;
    }

    /** By exact `iss`; where the policy has one issuer twice, the audience decides which of the two is meant. */
    private TrustedIssuer issuer(Map<String, Object> claims) throws FaultyTokenException {
        List<TrustedIssuer> named =
                claims.get("iss") instanceof String url ? byUrl.getOrDefault(url, List.of()) : List.of();
        return named.stream()
                .filter(issuer -> issuer.acceptsAudience(claims))
                .findFirst()
                .or(() -> named.stream().findFirst())
                .orElseThrow(() -> new FaultyTokenException(TokenFault.ISSUER_UNKNOWN));
    }

    /** The state of each issuer's keys, for the admin port. */
    public List<IssuerState> issuers() {
        Instant now = clock.instant();
        return byUrl.values().stream()
                .flatMap(List::stream)
                .map(trusted -> new IssuerState(
                        trusted.issuer().name(),
                        trusted.keys().current().size(),
                        trusted.keys().confirmedAt().map(at -> Duration.between(at, now)),
                        trusted.keys().attempted()))
                .sorted(java.util.Comparator.comparing(IssuerState::name))
                .toList();
    }

    /**
     * What is known of an issuer's keys.
     *
     * @param name the policy's name for it
     * @param keys how many may verify now
     * @param age since they were last confirmed; absent: never
     * @param attempted whether a first attempt to get them has ended
     */
    public record IssuerState(String name, int keys, Optional<Duration> age, boolean attempted) {}
}
