package dev.secureprediction.policy.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** What both sides of a chain agree on: ids of keys, the text that is signed, where a chain begins. */
public final class ChainKeys {

    /** What the first record of a chain names as the hash before it. */
    public static final String GENESIS = "0".repeat(64);

    /** Algorithm of the keys and signatures (RFC 8032). */
    public static final String ALGORITHM = "Ed25519";

    private static final int ID_BYTES = 16;

    private ChainKeys() {}

    /** Id of a public key: the first 32 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo. */
    public static String id(byte[] subjectPublicKeyInfo) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subjectPublicKeyInfo);
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The text whose signature a record carries; it stands for this record and all before it. */
    public static byte[] signedText(String key, long sequence, String hash) {
        return ("secure-prediction-audit-1\n" + key + "\n" + sequence + "\n" + hash)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a signature, base64url, is of this key; false as well for what is no key or no signature. */
    static boolean verifies(String publicKey, byte[] text, String signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getUrlDecoder().decode(publicKey))));
            check.update(text);
            return check.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether this key, base64url, has this id. */
    static boolean isKey(String id, String publicKey) {
        try {
            return id(Base64.getUrlDecoder().decode(publicKey)).equals(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
