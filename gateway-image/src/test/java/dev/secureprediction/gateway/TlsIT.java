package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.ServerCertificate;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
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
                    X509Certificate seen = (X509Certificate)
                            response.sslSession().orElseThrow().getPeerCertificates()[0];
                    return response.statusCode() == 200
                            && seen.getSerialNumber()
                                    .equals(replaced.certificate().getSerialNumber());
                }
            });
        }
    }

    private static void write(Path tls, ServerCertificate certificate) throws Exception {
        Policies.replace(tls.resolve("tls.key"), certificate.keyPem().getBytes(StandardCharsets.UTF_8));
        Policies.replace(tls.resolve("tls.crt"), certificate.certificatePem().getBytes(StandardCharsets.UTF_8));
    }
}
