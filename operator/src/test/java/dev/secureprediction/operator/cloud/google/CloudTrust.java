package dev.secureprediction.operator.cloud.google;

import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Lets this JVM trust an authority as a node lets a pod's: by the trust store that all of Google's libraries read. One for all
 * test classes: they run side by side, and the JVM has one trust store.
 */
final class CloudTrust {

    static final Authority AUTHORITY = trusted();

    private CloudTrust() {}

    private static Authority trusted() {
        try {
            Authority authority = Authority.create();
            Path store = Files.createTempFile("trust", ".p12");
            store.toFile().deleteOnExit();
            authority.writeTrustStore(store);
            System.setProperty("javax.net.ssl.trustStore", store.toString());
            System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
            // what another test class of this JVM made the JDK read before
            SSLContext context = authority.clientContext();
            SSLContext.setDefault(context);
            HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
            return authority;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
