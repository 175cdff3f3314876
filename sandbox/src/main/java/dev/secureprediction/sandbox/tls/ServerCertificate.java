package dev.secureprediction.sandbox.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Writes `tls.key` and `tls.crt`, as a Kubernetes TLS secret is mounted. */
    public void writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve("tls.key"), keyPem());
        Files.writeString(folder.resolve("tls.crt"), certificatePem());
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + certificate.getSubjectX500Principal() + ", key redacted]";
    }
}
