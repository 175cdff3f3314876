package dev.secureprediction.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One public key of an issuer, ready to verify. */
final class VerificationKey {
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MAX_RSA_BITS = 8_192;

    private final Optional<String> keyId;
    private final Set<String> algorithms;
    private final String thumbprint;
    private final JWSVerifier verifier;

    private VerificationKey(Optional<String> keyId, Set<String> algorithms, String thumbprint, JWSVerifier verifier) {
        this.keyId = keyId;
        this.algorithms = algorithms;
        this.thumbprint = thumbprint;
        this.verifier = verifier;
    }

    /**
     * A key of a JWK set.
     *
     * @throws GeneralSecurityException when it is not a public signature key that is strong enough
     * @throws JOSEException when it is broken
     */
    static VerificationKey of(JWK jwk, SignatureProvider provider) throws GeneralSecurityException, JOSEException {
        if (jwk.isPrivate() || (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse()))) {
            throw new GeneralSecurityException("not a public signature key");
        }
        JWSVerifier verifier = verifier(jwk, provider);
        provider.provider().ifPresent(verifier.getJCAContext()::setProvider);
        Set<String> algorithms = verifier.supportedJWSAlgorithms().stream()
                .map(JWSAlgorithm::getName)
                .filter(name -> jwk.getAlgorithm() == null
                        || jwk.getAlgorithm().getName().equals(name))
                .collect(Collectors.toUnmodifiableSet());
        if (algorithms.isEmpty()) {
            throw new GeneralSecurityException("its alg does not fit its type");
        }
        return new VerificationKey(
                Optional.ofNullable(jwk.getKeyID()),
                algorithms,
                jwk.computeThumbprint().toString(),
                verifier);
    }

    private static JWSVerifier verifier(JWK jwk, SignatureProvider provider)
            throws GeneralSecurityException, JOSEException {
        if (jwk instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS && rsa.size() <= MAX_RSA_BITS) {
            return new RSASSAVerifier(provider.nativeKey(rsa.toRSAPublicKey()));
        }
        if (jwk instanceof ECKey ec) {
            return new ECDSAVerifier(provider.nativeKey(ec.toECPublicKey()));
        }
        throw new GeneralSecurityException("not a key for an asymmetric signature, or too weak");
    }

    Optional<String> keyId() {
        return keyId;
    }

    /** SHA-256 thumbprint (RFC 7638). */
    String thumbprint() {
        return thumbprint;
    }

    boolean fits(String algorithm) {
        return algorithms.contains(algorithm);
    }

    /** Whether this key made the signature. Anything unexpected means no. */
    boolean verifies(CompactJws jws) {
        if (!fits(jws.algorithm())) {
            return false;
        }
        try {
            return verifier.verify(
                    new JWSHeader(JWSAlgorithm.parse(jws.algorithm())),
                    jws.signedBytes(),
                    Base64URL.encode(jws.signature()));
        } catch (JOSEException | RuntimeException e) {
            return false;
        }
    }
}
