package dev.secureprediction.gateway.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS to models: the JVM's trust store, names checked; by BoringSSL where it loads, else by the JDK (ADR 17). */
public final class ModelTls {
    private final SslContext context;

    private ModelTls(SslContext context) {
        this.context = context;
    }

    /** Reads the trust store as it is now. */
    public static ModelTls ofTheJvm() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore standard = null;
            trust.init(standard);
            return new ModelTls(SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .trustManager(trust)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build());
        } catch (NoSuchAlgorithmException | KeyStoreException | SSLException e) {
            throw new IllegalStateException("no TLS to models", e);
        }
    }

    SslHandler handler(ByteBufAllocator allocator, String host, int port) {
        return context.newHandler(allocator, host, port);
    }
}
