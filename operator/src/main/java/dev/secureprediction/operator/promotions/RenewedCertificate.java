package dev.secureprediction.operator.promotions;

import dev.secureprediction.operator.tls.Leaf;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A server certificate that can be renewed while connections are served. */
public final class RenewedCertificate {

    private static final String ALIAS = "server";

    private final AtomicReference<Leaf> current;
    private final UnaryOperator<Optional<Leaf>> renewal;

    /** With what makes or renews it, given the one in use. */
    public RenewedCertificate(UnaryOperator<Optional<Leaf>> renewal) {
        this.renewal = renewal;
        this.current = new AtomicReference<>(renewal.apply(Optional.empty()).orElseThrow());
    }

    /** Renews it where that is due. */
    public void renew() {
        renewal.apply(Optional.of(current.get())).ifPresent(current::set);
    }

    /** What servers take. */
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Current()}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private final class Current extends X509ExtendedKeyManager {

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keyType.startsWith("EC") ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return keyType.startsWith("EC") ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {current.get().certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return current.get().key();
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
