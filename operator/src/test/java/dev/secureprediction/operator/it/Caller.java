package dev.secureprediction.operator.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Calls a gateway, trusting just the authority that its endpoint's status names. */
record Caller(InetSocketAddress address, String authorityPem) {

    static final String CHAT = "/v1/projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION
            + "/publishers/google/models/gemini-2.5-flash:generateContent";
    static final String BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";

    /**
     * What came back.
     *
     * @param status 0 when nothing did
     */
    record Answer(int status, String body) {}

    /** The answer's status; 0 when there was none. */
    int chat(Optional<String> token) {
        return post(CHAT, BODY, token);
    }

    /** The answer's status; 0 when there was none. */
    int post(String path, String body, Optional<String> token) {
        return ask(path, body, token).status();
    }

    /** The answer. */
    Answer ask(String path, String body, Optional<String> token) {
        try {
            var url = URI.create("https://" + address.getHostString() + ":" + address.getPort() + path)
                    .toURL();
            var connection = (HttpsURLConnection) url.openConnection();
            connection.setSSLSocketFactory(trusting().getSocketFactory());
            // its certificate names the Service, this is a forwarded port
            connection.setHostnameVerifier((host, session) -> true);
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(20_000);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            token.ifPresent(value -> connection.setRequestProperty("Authorization", "Bearer " + value));
            try (var out = connection.getOutputStream()) {
                out.write(body.getBytes(UTF_8));
            }
            int status = connection.getResponseCode();
            try (var in = status < HttpURLConnection.HTTP_BAD_REQUEST
                    ? connection.getInputStream()
                    : connection.getErrorStream()) {
                return new Answer(status, in == null ? "" : new String(in.readAllBytes(), UTF_8));
            }
        } catch (IOException e) {
            return new Answer(0, "");
        }
    }

    /** Everything that comes back for this head, which may hold any header. */
    String raw(String... head) {
        try (var socket = trusting().getSocketFactory().createSocket(address.getHostString(), address.getPort())) {
            socket.setSoTimeout(20_000);
            String request = String.join("\r\n", head) + "\r\nHost: gateway\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLContext trusting() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(authorityPem.getBytes(UTF_8)));
            int i = 0;
            for (var certificate : certificates) {
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
