package dev.secureprediction.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import java.security.GeneralSecurityException;
import java.util.Set;

/** Whether one public key made a signature. */
sealed interface SignatureCheck permits Ed25519Signatures, NimbusSignatures {

    /** Names of the algorithms that the key can be used with, as in `alg`. */
    Set<String> algorithms();

    /**
     * Checks it.
     *
     * @param algorithm one of {@link #algorithms}
     * @throws GeneralSecurityException when the signature cannot be one of this key
     * @throws JOSEException likewise
     */
    boolean verifies(String algorithm, byte[] signed, byte[] signature) throws GeneralSecurityException, JOSEException;
}
