package dev.secureprediction.operator.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A server certificate with its key; its text form holds no key. */
public record Leaf(X509Certificate certificate, PrivateKey key) {

    /** Keys of the Secret that keeps it, those of type `kubernetes.io/tls`. */
    public static final String CERTIFICATE = "tls.crt";

    private static final String KEY = "tls.key";
    private static final int DNS_NAME = 2;

    /** Reads what {@link #secretData} wrote; absent when nothing usable is there. */
    public static Optional<Leaf> read(Map<String, String> data) {
        try {
            var certificates = Pem.readCertificates(data.getOrDefault(CERTIFICATE, ""));
            var keys = Pem.readKeys(data.getOrDefault(KEY, ""));
            return certificates.isEmpty() || keys.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Leaf(certificates.getFirst(), keys.getFirst()));
        } catch (InvalidPemException e) {
            return Optional.empty();
        }
    }

    /** PEM texts to keep in a Secret, with the authorities beside them. */
    public Map<String, String> secretData(AuthorityChain authorities) {
        return Map.of(
                CERTIFICATE,
                Pem.certificates(List.of(certificate)),
                KEY,
                Pem.keys(List.of(key)),
                AuthorityChain.CERTIFICATES,
                authorities.certificatesPem());
    }

    boolean covers(Collection<String> dnsNames) {
        return dnsNames(certificate).equals(new HashSet<>(dnsNames));
    }

    boolean isSignedBy(X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The DNS names in its SAN. */
    public static Set<String> dnsNames(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream()
                            .filter(name -> Objects.equals(name.getFirst(), DNS_NAME))
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.toUnmodifiableSet());
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    @Override
    public String toString() {
        return "Leaf[" + dnsNames(certificate) + ", until "
                + certificate.getNotAfter().toInstant() + "]";
    }
}
