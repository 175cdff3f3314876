package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.probe.ServerTrust;
import dev.secureprediction.operator.resolve.Problem;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/**
 * What a gateway's TLS comes to.
 *
 * @param secret to be applied, where the operator makes it
 * @param trust how to recognise the gateway; absent for plaintext or when there is a problem
 * @param authorityPem what callers should trust, where the operator makes the certificate
 * @param problem why there is no usable certificate
 */
record TlsMaterial(
        Optional<Secret> secret,
        Optional<ServerTrust> trust,
        Optional<String> authorityPem,
        Optional<Problem> problem) {

    static final TlsMaterial PLAINTEXT =
            new TlsMaterial(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static TlsMaterial failed(Problem problem) {
        return new TlsMaterial(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(problem));
    }
}
