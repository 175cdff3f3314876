package dev.secureprediction.operator.probe;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a gateway's certificate must come to: pods are called by address, so the name to expect is told.
 *
 * @param anchors certificates to trust
 * @param dnsName a name that the certificate must hold
 */
public record ServerTrust(List<X509Certificate> anchors, String dnsName) {

    public ServerTrust {
        anchors = List.copyOf(anchors);
    }
}
