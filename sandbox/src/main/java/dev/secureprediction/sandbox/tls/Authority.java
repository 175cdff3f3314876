package dev.secureprediction.sandbox.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority (P-256, RFC 5280) that lives as long as its sandbox: its key is never written anywhere, so
 * nobody can sign with it once the sandbox has ended.
 */
public final class Authority {
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final KeyPair keys;
    private final X509Certificate certificate;

    private Authority(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** A fresh authority, trusted by nobody yet. */
    public static Authority create() {
        try {
            KeyPair keys = newKeys();
            // a name of its own, so that two sandboxes in one trust store are told apart
            var name = new X500Principal("CN=Secure Prediction sandbox " + serial().toString(36));
            var builder = builder(name, name, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Authority(keys, sign(builder, keys));
        } catch (GeneralSecurityException | OperatorException | IOException e) {
            throw new IllegalStateException("This JDK cannot make a certificate authority", e);
        }
    }

    /**
     * A server certificate, valid from an hour ago for 30 days.
     *
     * @param dnsOrIps the names and addresses it is valid for, at least one
     * @throws IllegalArgumentException without a name
     */
    public ServerCertificate certificate(String... dnsOrIps) {
        if (dnsOrIps.length == 0) {
            throw new IllegalArgumentException("A server certificate needs at least one DNS name or IP address");
        }
        try {
            KeyPair leaf = newKeys();
            var builder = builder(
                    certificate.getSubjectX500Principal(), new X500Principal("CN=Secure Prediction server"), leaf);
            var names = Arrays.stream(dnsOrIps).map(Authority::generalName).toArray(GeneralName[]::new);
            var identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(certificate));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(leaf.getPublic()));
            return new ServerCertificate(leaf.getPrivate(), sign(builder, keys), certificate);
        } catch (GeneralSecurityException | OperatorException | IOException e) {
            throw new IllegalArgumentException("No certificate can be made for " + Arrays.toString(dnsOrIps), e);
        }
    }

    /** The authority's own certificate. */
    public X509Certificate caCertificate() {
        return certificate;
    }

    /** The authority's own certificate as PEM (RFC 7468). */
    public String caPem() {
        return Pem.certificate(certificate);
    }

    /**
     * Writes what the running JDK trusts, and this authority, as a PKCS#12 file that a JVM reads with
     * `-Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStoreType=PKCS12`, without a password.
     */
    public void writeTrustStore(Path file) throws IOException {
        TrustStore.withJdkAuthorities()
                .and("secure-prediction-sandbox", certificate)
                .write(file);
    }

    /** For a client of this JVM that trusts what the JDK trusts, and this authority. */
    public SSLContext clientContext() {
        return TrustStore.withJdkAuthorities()
                .and("secure-prediction-sandbox", certificate)
                .clientContext();
    }

    private static GeneralName generalName(String dnsOrIp) {
        boolean address = dnsOrIp.indexOf(':') >= 0 || dnsOrIp.chars().allMatch(c -> c == '.' || Character.isDigit(c));
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, dnsOrIp);
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(120, new SecureRandom());
    }

    private static JcaX509v3CertificateBuilder builder(X500Principal issuer, X500Principal subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial(),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(LIFETIME)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair issuer)
            throws GeneralSecurityException, OperatorException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
