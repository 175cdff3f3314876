package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
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
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the operator whether a contract may go on to an environment. */
@Command(
        name = "promote-check",
        description = "Asks the operator whether a contract may go on to an environment: 0 when it may, 1 with reasons"
                + " when not.",
        mixinStandardHelpOptions = true)
public final class PromoteCheckCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "Where it should go.")
    private String environment = "";

    @Parameters(index = "1", paramLabel = "NAMESPACE/NAME", description = "The endpoint there.")
    private String endpoint = "";

    @Option(
            names = "--digest",
            description = "Digest of the contract; the one that the endpoint asks for unless given.")
    private @Nullable String digest;

    @Option(
            names = "--server",
            defaultValue = "https://secure-prediction-operator.secure-prediction-system.svc",
            description = "The operator; ${DEFAULT-VALUE} unless given.")
    private String server = "";

    @Option(
            names = "--ca",
            description = "PEM certificates to trust: `ca.crt` of the ConfigMap secure-prediction-operator.")
    private @Nullable Path authority;

    @Option(names = "--token-file", description = "Token of the cluster; the one of the kubeconfig unless given.")
    private @Nullable Path tokenFile;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, GeneralSecurityException {
        var builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (authority != null) {
            builder.sslContext(trusting(authority));
        }
        try (var client = builder.build()) {
            var response = client.send(
                    HttpRequest.newBuilder(URI.create(server + "/promotions/" + environment + "/" + endpoint
                                    + (digest == null ? "" : "?digest=" + digest)))
                            .header("Authorization", "Bearer " + token())
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode answer = new ObjectMapper().readTree(response.body());
            boolean allowed = response.statusCode() == HttpURLConnection.HTTP_OK;
            PrintWriter out = spec.commandLine().getOut();
            out.println((allowed ? "may be promoted to " : "may not be promoted to ") + environment);
            answer.path("reasons").forEach(reason -> out.println("  " + reason.asText()));
            out.flush();
            return allowed ? 0 : 1;
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

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int i = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + i++, certificate);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
