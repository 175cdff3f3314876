package dev.secureprediction.sandbox.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys an issuer signs with, and the ones it publishes.
 *
 * @param rsa signs RS256
 * @param ec signs ES256
 * @param retired published still, signs no more
 */
public record SigningKeys(RSAKey rsa, ECKey ec, List<JWK> retired) {

    public SigningKeys {
        retired = List.copyOf(retired);
    }

    /** A fresh RSA-2048 and a fresh P-256 key, each with its thumbprint (RFC 7638) as `kid`. */
    public static SigningKeys generate() {
        try {
            return new SigningKeys(
                    new RSAKeyGenerator(2048)
                            .algorithm(JWSAlgorithm.RS256)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyIDFromThumbprint(true)
                            .generate(),
                    new ECKeyGenerator(Curve.P_256)
                            .algorithm(JWSAlgorithm.ES256)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyIDFromThumbprint(true)
                            .generate(),
                    List.of());
        } catch (JOSEException e) {
            throw new IllegalStateException("This JDK cannot generate RSA and P-256 keys", e);
        }
    }

    /** New keys that sign; these stay published, so that tokens out there keep working. */
    SigningKeys rotated() {
        SigningKeys next = generate();
        return new SigningKeys(next.rsa, next.ec, List.of(rsa.toPublicJWK(), ec.toPublicJWK()));
    }

    /** The public half of every key that a verifier should take. */
    public JWKSet published() {
        return new JWKSet(Stream.concat(Stream.of(rsa, ec), retired.stream())
                        .map(JWK.class::cast)
                        .toList())
                .toPublicJWKSet();
    }

    @Override
    public String toString() {
        return "SigningKeys[" + rsa.getKeyID() + ", " + ec.getKeyID() + ", keys redacted]";
    }
}
