package dev.secureprediction.gateway.tokens;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Fetches over https with the JDK's client. */
final class HttpKeyDocuments implements KeyDocuments {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 256 * 1024;

    private final HttpClient client;

    private HttpKeyDocuments(HttpClient client) {
        this.client = client;
    }

    /**
     * A client that trusts these authorities.
     *
     * @param caBundle PEM certificates to trust instead of the system's
     * @throws IllegalArgumentException when the bundle cannot be read
     */
    static HttpKeyDocuments trusting(Optional<String> caBundle) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT);
        caBundle.ifPresent(pem -> builder.sslContext(context(pem)));
        return new HttpKeyDocuments(builder.build());
    }

    @Override
    public Document get(URI uri) throws IOException, InterruptedException {
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IOException("not an https URL");
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            // the client's own timeout ends with the headers; this one covers the body
            HttpResponse<byte[]> response = call.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return new Document(response.body(), maxAge(response));
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } finally {
            call.cancel(true);
        }
    }

    private static Optional<Duration> maxAge(HttpResponse<?> response) {
        for (String directive :
                String.join(",", response.headers().allValues("cache-control")).split(",", -1)) {
            String stripped = directive.strip();
            if (stripped.equalsIgnoreCase("no-store") || stripped.equalsIgnoreCase("no-cache")) {
                return Optional.of(Duration.ZERO);
            }
            if (stripped.regionMatches(true, 0, "max-age=", 0, 8)
                    && stripped.substring(8).matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(stripped.substring(8))));
            }
        }
        return Optional.empty();
    }

    private static SSLContext context(String pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int index = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("ca-" + index++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("caBundle holds no readable PEM certificates", e);
        }
    }
}
