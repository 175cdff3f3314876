package dev.secureprediction.sandbox.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A server's key and certificate, signed by an {@link Authority}.
 *
 * @param key the private key; PKCS#8 when encoded
 * @param certificate the certificate for it
 * @param issuer the authority's own certificate
 */
public record ServerCertificate(PrivateKey key, X509Certificate certificate, X509Certificate issuer) {

    /** The certificate and its issuer, as in `tls.crt` of a Kubernetes TLS secret. */
    public String certificatePem() {
        return Pem.certificate(certificate) + Pem.certificate(issuer);
    }

    /** The private key, as in `tls.key` of a Kubernetes TLS secret. */
    public String keyPem() {
        return Pem.privateKey(key);
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + certificate.getSubjectX500Principal() + ", key redacted]";
    }
}
