package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.policy.model.Guardrail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes what asks others, and runs what takes long here. */
public final class Screeners {
    private static final int THREADS = 2;

    private final Supplier<CompletableFuture<String>> authorization;
    private final ExecutorService pool;

    /**
     * Screeners that ask Google with this credential.
     *
     * @param authorization value of the Authorization header, fresh
     */
    public Screeners(Supplier<CompletableFuture<String>> authorization) {
        this.authorization = authorization;
        this.pool = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("guardrail-", 0).factory());
    }

    /** For checks of long texts, which would hold up an event loop. */
    ExecutorService longWork() {
        return pool;
    }

    RemoteScreener modelArmor(Guardrail.ModelArmor armor) {
        return new ModelArmorScreener(client(Optional.empty()), armor, authorization);
    }

    /**
     * Asks a webhook.
     *
     * @throws IllegalArgumentException when its CA bundle cannot be read
     */
    RemoteScreener webhook(Guardrail.Webhook webhook) {
        return new WebhookScreener(
                client(webhook.caBundle().map(Screeners::trust)),
                webhook.url(),
                Duration.ofMillis(webhook.timeoutMilliseconds()));
    }

    private ScreeningClient client(Optional<SSLContext> trust) {
        return ScreeningClient.trusting(trust, longWork());
    }

    private static SSLContext trust(String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new IllegalArgumentException("caBundle holds no certificate; correct it");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("caBundle is not PEM of certificates; correct it", e);
        }
    }
}
