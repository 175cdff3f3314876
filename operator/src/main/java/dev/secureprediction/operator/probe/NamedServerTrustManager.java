package dev.secureprediction.operator.probe;

import dev.secureprediction.operator.tls.Leaf;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Trusts a server by its authority and by a name that is not in the URL, which holds a pod's address. */
final class NamedServerTrustManager extends X509ExtendedTrustManager {

    private final X509TrustManager chains;
    private final String dnsName;

    private NamedServerTrustManager(X509TrustManager chains, String dnsName) {
        this.chains = chains;
        this.dnsName = dnsName.toLowerCase(Locale.ROOT);
    }

    static SSLContext context(ServerTrust trust) {
        try {
            var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (int i = 0; i < trust.anchors().size(); i++) {
                anchors.setCertificateEntry("anchor-" + i, trust.anchors().get(i));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            var chains = Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new NamedServerTrustManager(chains, trust.dnsName())}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot make a TLS context", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chains.checkServerTrusted(chain, authType);
        if (Leaf.dnsNames(chain[0]).stream().noneMatch(this::names)) {
            throw new CertificateException("the certificate is not for " + dnsName);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** A wildcard stands for one whole label, the first (RFC 9525, section 6.3). */
    private boolean names(String pattern) {
        var lower = pattern.toLowerCase(Locale.ROOT);
        int dot = dnsName.indexOf('.');
        return lower.equals(dnsName) || (dot > 0 && lower.equals("*" + dnsName.substring(dot)));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
