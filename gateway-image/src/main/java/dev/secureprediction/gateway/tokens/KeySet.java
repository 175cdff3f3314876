package dev.secureprediction.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An issuer's public keys (RFC 7517), immutable. */
final class KeySet {
    /** More keys than any issuer lists; the rest is not read. */
    static final int MAX_KEYS = 64;

    static final KeySet EMPTY = new KeySet(List.of());

    private final List<VerificationKey> keys;
    private final Set<String> thumbprints;

    private KeySet(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
        this.thumbprints = keys.stream().map(VerificationKey::thumbprint).collect(Collectors.toUnmodifiableSet());
    }

    /** The usable keys of a JWK set; one broken key does not spoil the others. Empty when it is no JWK set. */
    static Optional<KeySet> parse(byte[] json, SignatureProvider provider) {
        return StrictJson.object(json).flatMap(set -> of(set, provider));
    }

    private static Optional<KeySet> of(Map<String, Object> set, SignatureProvider provider) {
        if (!(set.get("keys") instanceof List<?> entries)) {
            return Optional.empty();
        }
        List<VerificationKey> usable = new ArrayList<>();
        for (Object entry : entries.subList(0, Math.min(entries.size(), MAX_KEYS))) {
            usable(entry, provider).ifPresent(usable::add);
        }
        return Optional.of(new KeySet(usable));
    }

    private static Optional<VerificationKey> usable(Object entry, SignatureProvider provider) {
        if (!(entry instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        Map<String, Object> jwk = members.entrySet().stream()
                .filter(member -> member.getValue() != null)
                .collect(Collectors.toMap(member -> String.valueOf(member.getKey()), Map.Entry::getValue));
        try {
            return Optional.of(VerificationKey.of(JWK.parse(jwk), provider));
        } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty(); // a key of another kind, or broken; its neighbours may still serve
        }
    }

    /** The key to verify with: by id; without an id, the only one that fits. */
    Optional<VerificationKey> find(Optional<String> keyId, String algorithm) {
        List<VerificationKey> fitting = keys.stream()
                .filter(key -> key.fits(algorithm))
                .filter(key -> keyId.isEmpty() || key.keyId().equals(keyId))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    boolean containsId(String keyId) {
        return keys.stream().anyMatch(key -> key.keyId().equals(Optional.of(keyId)));
    }

    boolean containsThumbprint(String thumbprint) {
        return thumbprints.contains(thumbprint);
    }

    int size() {
        return keys.size();
    }
}
