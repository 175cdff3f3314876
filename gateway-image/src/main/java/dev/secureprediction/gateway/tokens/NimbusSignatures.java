package dev.secureprediction.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import java.util.stream.Collectors;

/** Signatures of RSA and ECDSA keys. */
final class NimbusSignatures implements SignatureCheck {
    private final JWSVerifier verifier;

    private NimbusSignatures(JWSVerifier verifier) {
        this.verifier = verifier;
    }

    static NimbusSignatures by(JWSVerifier verifier, SignatureProvider provider) {
        provider.provider().ifPresent(verifier.getJCAContext()::setProvider);
        return new NimbusSignatures(verifier);
    }

    @Override
    public Set<String> algorithms() {
        return verifier.supportedJWSAlgorithms().stream()
                .map(JWSAlgorithm::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean verifies(String algorithm, byte[] signed, byte[] signature) throws JOSEException {
        return verifier.verify(new JWSHeader(JWSAlgorithm.parse(algorithm)), signed, Base64URL.encode(signature));
    }
}
