package dev.secureprediction.operator.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A delivery tool that asks the operator about promotions, trusting just the authority that the operator publishes. */
record PromotionClient(Platform platform) {

    /** What was answered. */
    record Answer(int status, String body) {}

    Answer ask(String path, Optional<String> token) {
        return send(path, Optional.empty(), token);
    }

    Answer post(String path, String body, Optional<String> token) {
        return send(path, Optional.of(body), token);
    }

    private Answer send(String path, Optional<String> content, Optional<String> token) {
        try {
            var connection = (HttpsURLConnection)
                    URI.create("https://" + address() + ":8444" + path).toURL().openConnection();
            connection.setSSLSocketFactory(trusting().getSocketFactory());
            connection.setHostnameVerifier((host, session) -> true); // the certificate names the Service
            connection.setConnectTimeout(10_000);
            connection.setReadTimeout(20_000);
            token.ifPresent(value -> connection.setRequestProperty("Authorization", "Bearer " + value));
            if (content.isPresent()) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(content.get().getBytes(UTF_8));
            }
            int status = connection.getResponseCode();
            var body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            return new Answer(status, new String(body.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token of a service account, as a pipeline gets it. */
    String token(String namespace, String account) {
        return platform.sandbox()
                .cluster()
                .kubectl("create", "token", account, "-n", namespace)
                .orThrow()
                .strip();
    }

    private String address() {
        return platform.operatorPods().getFirst().getStatus().getPodIP();
    }

    private SSLContext trusting() {
        var pem = String.valueOf(platform.client()
                .configMaps()
                .inNamespace(Platform.SYSTEM)
                .withName(Platform.OPERATOR)
                .require()
                .getData()
                .get("ca.crt"));
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)))) {
                store.setCertificateEntry("authority-" + i++, certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
