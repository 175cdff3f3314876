package dev.secureprediction.operator.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.secureprediction.operator.tls.Leaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A pod that answers as it is told, with TLS on its public port. */
final class FakeGateway implements AutoCloseable {

    private final HttpsServer publicPort;
    private final HttpServer adminPort;

    FakeGateway(Leaf leaf, int publicStatus, String publicBody, int adminStatus, String adminBody) {
        try {
            var anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            publicPort = HttpsServer.create(anywhere, 0);
            publicPort.setHttpsConfigurator(new HttpsConfigurator(context(leaf)));
            adminPort = HttpServer.create(anywhere, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answer(publicPort, publicStatus, publicBody);
        answer(adminPort, adminStatus, adminBody);
    }

    GatewayPod pod() {
        return new GatewayPod(
                "pod-1",
                InetAddress.getLoopbackAddress().getHostAddress(),
                publicPort.getAddress().getPort(),
                adminPort.getAddress().getPort(),
                "image",
                true);
    }

    @Override
    public void close() {
        publicPort.stop(0);
        adminPort.stop(0);
    }

    private static void answer(HttpServer server, int status, String body) {
        server.createContext("/", exchange -> {
            try (exchange) {
                var bytes = body.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    private static SSLContext context(Leaf leaf) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("tls", leaf.key(), new char[0], new Certificate[] {leaf.certificate()});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
