package dev.secureprediction.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One public key of an issuer, ready to verify. */
final class VerificationKey {
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MAX_RSA_BITS = 8_192;

    /** FIPS 186-5, appendix A.1.1; longer ones cost the verifier, not the signer. */
    private static final int MAX_EXPONENT_BITS = 64;

    private final Optional<String> keyId;
    private final Set<String> algorithms;
    private final String thumbprint;
    private final SignatureCheck signatures;

    private VerificationKey(
            Optional<String> keyId, Set<String> algorithms, String thumbprint, SignatureCheck signatures) {
        this.keyId = keyId;
        this.algorithms = algorithms;
        this.thumbprint = thumbprint;
        this.signatures = signatures;
    }

    /**
     * A key of a JWK set.
     *
     * @throws GeneralSecurityException when it is not a public signature key that is strong enough
     * @throws JOSEException when it is broken
     */
    static VerificationKey of(JWK jwk, SignatureProvider provider) throws GeneralSecurityException, JOSEException {
        boolean verifies =
                jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
        if (jwk.isPrivate() || !verifies || (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse()))) {
            throw new GeneralSecurityException("not a public signature key");
        }
        SignatureCheck signatures = signatures(jwk, provider);
        Set<String> algorithms = signatures.algorithms().stream()
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
                signatures);
    }

    private static SignatureCheck signatures(JWK jwk, SignatureProvider provider)
            throws GeneralSecurityException, JOSEException {
        if (jwk instanceof RSAKey rsa && isSound(rsa)) {
            return NimbusSignatures.by(new RSASSAVerifier(provider.nativeKey(rsa.toRSAPublicKey())), provider);
        }
        if (jwk instanceof ECKey ec) {
            return NimbusSignatures.by(new ECDSAVerifier(provider.nativeKey(ec.toECPublicKey())), provider);
        }
        if (jwk instanceof OctetKeyPair edwards) {
            return Ed25519Signatures.by(edwards);
        }
        throw new GeneralSecurityException("not a key for an asymmetric signature, or too weak");
    }

    /** With the exponent 1 every padded digest is its own signature; an even modulus or exponent is none of RSA. */
    private static boolean isSound(RSAKey key) {
        BigInteger modulus = key.getModulus().decodeToBigInteger();
        BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
        return modulus.bitLength() >= MIN_RSA_BITS
                && modulus.bitLength() <= MAX_RSA_BITS
                && modulus.testBit(0)
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.ONE) > 0
                && exponent.bitLength() <= MAX_EXPONENT_BITS;
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
            return signatures.verifies(jws.algorithm(), jws.signedBytes(), jws.signature());
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
