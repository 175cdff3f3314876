package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.ServerCertificate;
import java.math.BigInteger;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** TLS on the public port: HTTP/2 and HTTP/1.1 by ALPN, and a certificate that is replaced while calls go on. */
final class TlsIT {
    // in no range that other tests draw from
    private static final String ADDRESS = "127.63.7.1";
    private static final String BODY = "{\"instances\":[1]}";

    @Test
    void bothVersionsAreServedAndANewCertificateIsTaken() throws Exception {
        // given a gateway with a certificate, and one who verifies nothing but the authority
        Authority authority = Authority.create();
        Path folder = GatewayWorld.newFolder();
        Path tls = Files.createDirectory(folder.resolve("tls"));
        write(tls, authority.certificate(ADDRESS));
        try (GatewayWorld world = GatewayWorld.start(
                        folder,
                        Policies::churn,
                        Map.of("SPE_TLS_DIRECTORY", tls.toString(), "SPE_BIND_ADDRESS", ADDRESS));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(authority.clientContext())
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            // when it is called with both versions
            var call = world.analystPosts(GatewayWorld.endpointPath("predict"), BODY);
            HttpResponse<String> second = client.send(call.build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> first = client.send(
                    call.version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString());

            // then both are served
            assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(first.statusCode()).isEqualTo(200);

            // and so are both versions of TLS
            assertThat(versionOfTls(authority, world, "TLSv1.2")).isEqualTo("TLSv1.2");
            assertThat(versionOfTls(authority, world, "TLSv1.3")).isEqualTo("TLSv1.3");

            // and heads are looked at as closely as without TLS, where another part stands guard
            world.model().forget();
            for (String spoilt : List.of(
                    "X-A: b\nX-C: d\r\n",
                    "X-A: b\r\n folded\r\n",
                    "X-A : b\r\n",
                    "X-A: b\0c\r\n",
                    "Host: other\r\n",
                    "Content-Length: 17\r\nTransfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: xchunked\r\n")) {
                assertThat(answerOverTls(authority, world, spoilt)).as(spoilt).startsWith("HTTP/1.1 400 ");
            }
            assertThat(world.model().requests()).isEmpty();
            assertThat(answerOverTls(authority, world, "Content-Length: 17\r\n"))
                    .startsWith("HTTP/1.1 200 ");

            // when the certificate is replaced
            ServerCertificate replaced = authority.certificate(ADDRESS);
            write(tls, replaced);

            // then new connections see it
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
                try (HttpClient fresh = HttpClient.newBuilder()
                        .sslContext(authority.clientContext())
                        .build()) {
                    HttpResponse<String> response = fresh.send(
                            world.analystPosts(GatewayWorld.endpointPath("predict"), BODY)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                    return response.statusCode() == 200
                            && serial(response).equals(replaced.certificate().getSerialNumber());
                }
            });

            // and who is connected goes on
            HttpResponse<String> connected = client.send(
                    world.analystPosts(GatewayWorld.endpointPath("predict"), BODY)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(connected.statusCode()).isEqualTo(200);
            assertThat(serial(connected)).isEqualTo(serial(second));

            // when a certificate comes that is none, the one before stays
            Policies.replace(tls.resolve("tls.crt"), "nothing".getBytes(StandardCharsets.UTF_8));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> world.gateway().output().contains("certificate refused"));
            assertThat(versionOfTls(authority, world, "TLSv1.3")).isEqualTo("TLSv1.3");
        }
    }

    private static String versionOfTls(Authority authority, GatewayWorld world, String offered) throws Exception {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {offered});
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(authority.clientContext())
                .sslParameters(parameters)
                .build()) {
            return client.send(
                            world.analystPosts(GatewayWorld.endpointPath("predict"), BODY)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .sslSession()
                    .orElseThrow()
                    .getProtocol();
        }
    }

    /** Begin of the answer to a sound request with this further end of its head, written by hand. */
    private static String answerOverTls(Authority authority, GatewayWorld world, String fields) throws Exception {
        try (Socket socket = authority
                .clientContext()
                .getSocketFactory()
                .createSocket(ADDRESS, world.gateway().port())) {
            socket.setSoTimeout(10_000);
            String token = world.issuer().token("analyst@example.com", Policies.AUDIENCE);
            socket.getOutputStream()
                    .write(("POST " + GatewayWorld.endpointPath("predict") + " HTTP/1.1\r\nHost: gateway\r\n"
                                    + "Content-Type: application/json\r\nAuthorization: Bearer " + token + "\r\n"
                                    + fields
                                    + "\r\n" + BODY)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(13), StandardCharsets.ISO_8859_1);
        }
    }

    private static BigInteger serial(HttpResponse<String> response) throws SSLPeerUnverifiedException {
        return ((X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0]).getSerialNumber();
    }

    private static void write(Path tls, ServerCertificate certificate) throws Exception {
        Policies.replace(tls.resolve("tls.key"), certificate.keyPem().getBytes(StandardCharsets.UTF_8));
        Policies.replace(tls.resolve("tls.crt"), certificate.certificatePem().getBytes(StandardCharsets.UTF_8));
    }
}
