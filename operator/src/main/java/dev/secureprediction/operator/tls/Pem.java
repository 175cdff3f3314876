package dev.secureprediction.operator.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Certificates and keys as PEM text (RFC 7468). */
public final class Pem {

    private Pem() {}

    /** The certificates, one block each, in order. */
    public static String certificates(List<X509Certificate> certificates) {
        return write(List.copyOf(certificates));
    }

    /** The keys as PKCS#8, one block each, in order. */
    static String keys(List<PrivateKey> keys) {
        var blocks = new ArrayList<Object>();
        for (var key : keys) {
            try {
                blocks.add(new JcaPKCS8Generator(key, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return write(blocks);
    }

    /**
     * The certificates of a text that holds nothing else.
     *
     * @throws InvalidPemException when a block is no certificate or cannot be read
     */
    public static List<X509Certificate> readCertificates(String pem) throws InvalidPemException {
        var found = new ArrayList<X509Certificate>();
        for (var block : read(pem)) {
            if (!(block instanceof X509CertificateHolder holder)) {
                throw new InvalidPemException("expected CERTIFICATE blocks only");
            }
            try {
                found.add(new JcaX509CertificateConverter().getCertificate(holder));
            } catch (CertificateException e) {
                throw new InvalidPemException("a CERTIFICATE block cannot be decoded", e);
            }
        }
        return List.copyOf(found);
    }

    /**
     * The keys of a text that holds nothing else.
     *
     * @throws InvalidPemException when a block is no unencrypted private key or cannot be read
     */
    static List<PrivateKey> readKeys(String pem) throws InvalidPemException {
        var found = new ArrayList<PrivateKey>();
        for (var block : read(pem)) {
            found.add(key(block));
        }
        return List.copyOf(found);
    }

    private static PrivateKey key(Object block) throws InvalidPemException {
        try {
            return switch (block) {
                case PrivateKeyInfo info -> new JcaPEMKeyConverter().getPrivateKey(info);
                case PEMKeyPair pair ->
                    new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
                default -> throw new InvalidPemException("expected unencrypted PRIVATE KEY blocks only");
            };
        } catch (IOException e) {
            throw new InvalidPemException("a PRIVATE KEY block cannot be decoded", e);
        }
    }

    private static List<Object> read(String pem) throws InvalidPemException {
        var blocks = new ArrayList<Object>();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (var block = parser.readObject(); block != null; block = parser.readObject()) {
                blocks.add(block);
            }
        } catch (IOException | RuntimeException e) {
            throw new InvalidPemException("the text is not PEM", e);
        }
        return blocks;
    }

    private static String write(List<?> blocks) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (var block : blocks) {
                writer.writeObject(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
