package dev.secureprediction.sandbox.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {

    @Test
    void signs_certificates_for_names_and_addresses() throws Exception {
        Authority authority = Authority.create();

        ServerCertificate server = authority.certificate("localhost", "127.0.0.1");

        server.certificate().verify(authority.caCertificate().getPublicKey());
        assertThat(server.certificate().getSubjectAlternativeNames())
                .containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        assertThat(server.certificatePem()).endsWith(authority.caPem());
        assertThat(server).hasToString("ServerCertificate[CN=Secure Prediction server, key redacted]");
    }

    @Test
    void writes_its_certificate_as_pem() throws Exception {
        Authority authority = Authority.create();

        var read = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(authority.caPem().getBytes(US_ASCII)));

        assertThat(read).isEqualTo(authority.caCertificate());
    }

    @Test
    void refuses_a_certificate_for_nobody() {
        Authority authority = Authority.create();

        assertThatThrownBy(() -> authority.certificate()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writes_a_trust_store_that_a_jvm_reads_without_a_password(@TempDir Path folder) throws Exception {
        Authority authority = Authority.create();
        Path file = folder.resolve("trust.p12");

        authority.writeTrustStore(file);

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, null);
        }
        assertThat(store.getCertificate("secure-prediction-sandbox")).isEqualTo(authority.caCertificate());
        assertThat(Collections.list(store.aliases())).hasSizeGreaterThan(50).allMatch(alias -> {
            try {
                return store.isCertificateEntry(alias);
            } catch (KeyStoreException e) {
                return false;
            }
        });
    }
}
