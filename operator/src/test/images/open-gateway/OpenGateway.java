import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A gateway that fails open: it says that it has loaded the policy, and answers everybody. Run from its source. */
public final class OpenGateway {

    public static void main(String[] args) throws Exception {
        String host = System.getenv("SPE_BIND_ADDRESS");
        HttpServer admin = HttpServer.create(new InetSocketAddress(host, port("SPE_ADMIN_PORT")), 0);
        admin.createContext("/", exchange -> answer(exchange, "ok"));
        admin.createContext("/policy", exchange -> answer(exchange, policy()));
        admin.start();
        HttpsServer open = HttpsServer.create(new InetSocketAddress(host, port("SPE_PORT")), 0);
        open.setHttpsConfigurator(new HttpsConfigurator(tls()));
        open.createContext("/", exchange -> answer(exchange, "{\"candidates\": []}"));
        open.start();
    }

    private static int port(String name) {
        return Integer.parseInt(System.getenv(name));
    }

    /** The file is canonical, so its hash is the policy's digest. */
    private static String policy() throws IOException {
        byte[] file = Files.readAllBytes(Path.of(System.getenv("SPE_POLICY_DIRECTORY"), "policy.json"));
        try {
            String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
            return "{\"policyDigest\": \"sha256:" + digest + "\", \"formatVersion\": 1, \"selfTest\": \"Passed\","
                    + " \"lastRefusal\": null, \"issuers\": []}";
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext tls() throws Exception {
        Path folder = Path.of(System.getenv("SPE_TLS_DIRECTORY"));
        Certificate[] chain;
        try (var in = Files.newInputStream(folder.resolve("tls.crt"))) {
            chain = CertificateFactory.getInstance("X.509").generateCertificates(in).toArray(Certificate[]::new);
        }
        String pem = Files.readString(folder.resolve("tls.key")).replaceAll("-----[A-Z ]+-----|\\s", "");
        var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
