package dev.secureprediction.sandbox.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;

/** Trusted certificates by alias. */
final class TrustStore {
    /** Marks a certificate bag as trusted; the JDK's PKCS#12 reader skips bags without it. */
    private static final ASN1ObjectIdentifier ORACLE_TRUSTED_KEY_USAGE =
            new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    private final Map<String, X509Certificate> certificates;

    private TrustStore(Map<String, X509Certificate> certificates) {
        this.certificates = certificates;
    }

    static TrustStore withJdkAuthorities() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            Map<String, X509Certificate> found = new LinkedHashMap<>();
            for (var manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate certificate : x509.getAcceptedIssuers()) {
                        found.put("jdk-" + found.size(), certificate);
                    }
                }
            }
            return new TrustStore(found);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no readable trust store", e);
        }
    }

    TrustStore and(String alias, X509Certificate certificate) {
        Map<String, X509Certificate> more = new LinkedHashMap<>(certificates);
        more.put(alias, certificate);
        return new TrustStore(more);
    }

    SSLContext clientContext() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var entry : certificates.entrySet()) {
                store.setCertificateEntry(entry.getKey(), entry.getValue());
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK cannot hold trusted certificates in memory", e);
        }
    }

    /** Without encryption or MAC, since a JVM that is given no password reads nothing else; KeyStore cannot write that. */
    void write(Path file) throws IOException {
        try {
            var pfx = new PKCS12PfxPduBuilder();
            for (var entry : certificates.entrySet()) {
                pfx.addData(bag(entry.getKey(), entry.getValue()));
            }
            Files.write(file, pfx.build(null, new char[0]).getEncoded());
        } catch (PKCSException | CertificateEncodingException e) {
            throw new IOException("The trust store cannot be encoded", e);
        }
    }

    private static PKCS12SafeBag bag(String alias, X509Certificate certificate)
            throws CertificateEncodingException, IOException {
        var holder = new X509CertificateHolder(Certificate.getInstance(certificate.getEncoded()));
        return new PKCS12SafeBagBuilder(holder)
                .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(alias))
                .addBagAttribute(ORACLE_TRUSTED_KEY_USAGE, KeyPurposeId.anyExtendedKeyUsage.toOID())
                .build();
    }
}
