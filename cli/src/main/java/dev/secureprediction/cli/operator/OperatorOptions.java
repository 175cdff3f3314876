package dev.secureprediction.cli.operator;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the operator answers, how it is recognised, and who asks. */
public final class OperatorOptions {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = "--server",
            defaultValue = "https://secure-prediction-operator.secure-prediction-system.svc",
            description =
                    "The operator; ${DEFAULT-VALUE} unless given. From outside the cluster: `kubectl port-forward -n"
                            + " secure-prediction-system service/secure-prediction-operator 8444:443`, then https://localhost:8444.")
    private String server = "";

    @Option(
            names = "--ca",
            description = "PEM certificates to trust: `ca.crt` of the ConfigMap secure-prediction-operator.")
    private @Nullable Path authority;

    @Option(names = "--token-file", description = "Token of the cluster; the one of the kubeconfig unless given.")
    private @Nullable Path tokenFile;

    /** Asks for a path, with a body or without. */
    public HttpResponse<String> ask(String path, Optional<String> body)
            throws IOException, InterruptedException, GeneralSecurityException {
        var builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (authority != null) {
            builder.sslContext(trusting(Files.readAllBytes(authority)));
        }
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + token())
                .timeout(PATIENCE);
        body.ifPresent(text -> request.POST(HttpRequest.BodyPublishers.ofString(text)));
        try (var client = builder.build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private String token() throws IOException {
        if (tokenFile != null) {
            return Files.readString(tokenFile).strip();
        }
        return Optional.ofNullable(Config.autoConfigure(null).getAutoOAuthToken())
                .or(() -> Optional.ofNullable(Config.autoConfigure(null).getOauthToken()))
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the kubeconfig holds no token; give one by --token-file, as `kubectl create token` prints it"));
    }

    private static SSLContext trusting(byte[] pem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int i = 0;
        for (var certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            store.setCertificateEntry("authority-" + i++, certificate);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
