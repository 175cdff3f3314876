package dev.secureprediction.gateway.tokens;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** Signatures of Ed25519 (RFC 8032) by the JDK: Nimbus needs another library for them. */
final class Ed25519Signatures implements SignatureCheck {
    /** The curve's general name in JOSE (RFC 8037, section 3.1). */
    private static final String EDDSA = "EdDSA";

    private static final int KEY_BYTES = 32;

    /** What stands before the key's bytes in X.509 (RFC 8410, section 4). */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PublicKey key;

    private Ed25519Signatures(PublicKey key) {
        this.key = key;
    }

    /**
     * For a key of a JWK set.
     *
     * @throws GeneralSecurityException when it is of another curve, or no point on it
     */
    static Ed25519Signatures by(OctetKeyPair jwk) throws GeneralSecurityException {
        byte[] point = jwk.getDecodedX();
        if (!Curve.Ed25519.equals(jwk.getCurve()) || point.length != KEY_BYTES) {
            throw new GeneralSecurityException("not an Ed25519 key");
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(X509_HEAD);
        encoded.writeBytes(point);
        return new Ed25519Signatures(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray())));
    }

    @Override
    public Set<String> algorithms() {
        return Set.of(EDDSA);
    }

    @Override
    public boolean verifies(String algorithm, byte[] signed, byte[] signature) throws GeneralSecurityException {
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(key);
        check.update(signed);
        return check.verify(signature);
    }
}
