package dev.secureprediction.operator.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** One certificate authority; its text form holds no key. */
record Authority(X509Certificate certificate, PrivateKey key) {

    @Override
    public String toString() {
        return "Authority[" + certificate.getSubjectX500Principal() + ", until "
                + certificate.getNotAfter().toInstant() + "]";
    }
}
