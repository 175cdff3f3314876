package dev.secureprediction.gateway.audit;

import dev.secureprediction.policy.audit.ChainKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** The key that signs one log: made at the start, never stored, gone with the process. For one thread. */
final class BootKey {
    private final Signature signer;
    private final String publicKey;
    private final String id;

    private BootKey(Signature signer, byte[] publicKey) {
        this.signer = signer;
        this.publicKey = Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey);
        this.id = ChainKeys.id(publicKey);
    }

    static BootKey make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ChainKeys.ALGORITHM).generateKeyPair();
            Signature signer = Signature.getInstance(ChainKeys.ALGORITHM);
            signer.initSign(pair.getPrivate());
            return new BootKey(signer, pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 15 has Ed25519", e);
        }
    }

    String id() {
        return id;
    }

    /** SubjectPublicKeyInfo, base64url. */
    String publicKey() {
        return publicKey;
    }

    String sign(byte[] text) {
        try {
            signer.update(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the boot key does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "BootKey[" + id + "]";
    }
}
