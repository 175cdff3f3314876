package dev.secureprediction.operator.promotion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.operator.api.v1alpha1.environment.Verifier;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whose signatures count, and by which keys. */
public final class TrustedKeys {

    private final Map<String, JWKSet> byIssuer;

    private TrustedKeys(Map<String, JWKSet> byIssuer) {
        this.byIssuer = Map.copyOf(byIssuer);
    }

    /** Nobody's. */
    public static TrustedKeys none() {
        return new TrustedKeys(Map.of());
    }

    /** This operator's own. */
    public static TrustedKeys own(String issuer, JWKSet keys) {
        return new TrustedKeys(Map.of(issuer, keys));
    }

    /** Those that an environment lists; one whose keys cannot be read is left out. */
    public static TrustedKeys of(List<Verifier> verifiers) {
        Map<String, JWKSet> keys = new TreeMap<>();
        for (Verifier verifier : verifiers) {
            read(verifier).ifPresent(set -> keys.put(verifier.issuer(), set));
        }
        return new TrustedKeys(keys);
    }

    /** The keys of a verifier, where they are a JWK set (RFC 7517). */
    public static Optional<JWKSet> read(Verifier verifier) {
        try {
            return Optional.of(JWKSet.parse(verifier.jwks().toString()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** Why the signature does not count; empty when it does. */
    Optional<Verdict.Cause> refusal(JWSObject jws, String issuer) {
        JWKSet keys = byIssuer.get(issuer);
        if (keys == null) {
            return Optional.of(Verdict.Cause.UnknownIssuer);
        }
        if (!JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm())) {
            return Optional.of(Verdict.Cause.BadSignature);
        }
        JWK key = keys.getKeyByKeyId(jws.getHeader().getKeyID());
        if (!(key instanceof ECKey ecKey)) {
            return Optional.of(Verdict.Cause.UnknownKey);
        }
        try {
            JWSVerifier verifier = new ECDSAVerifier(ecKey.toECPublicKey());
            return jws.verify(verifier) ? Optional.empty() : Optional.of(Verdict.Cause.BadSignature);
        } catch (JOSEException e) {
            return Optional.of(Verdict.Cause.BadSignature);
        }
    }
}
