package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.ServerCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The gateway's credential goes to nobody but the model: its server must prove its name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamTrustIT {
    private static final String BODY = "{\"instances\":[{}]}";

    private GatewayWorld world;

    @BeforeAll
    void start() {
        world = GatewayWorld.start(GatewayWorld.newFolder(), Policies::churn);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void aServerOfAnUnknownAuthorityIsNotCalled() {
        // given a server with the right name, signed by an authority that the gateway does not trust
        refuses(Authority.create().certificate("127.0.0.1"));
    }

    @Test
    void aServerWithAnotherNameIsNotCalled() {
        // given a server with a good certificate of somebody else
        refuses(world.authority().certificate("model.example.com"));
    }

    private void refuses(ServerCertificate certificate) {
        AtomicInteger asked = new AtomicInteger();
        Server impostor = Server.builder()
                .https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .tls(TlsKeyPair.of(certificate.key(), certificate.certificate(), certificate.issuer()))
                .serviceUnder("/", (context, request) -> {
                    asked.incrementAndGet();
                    return HttpResponse.of(200);
                })
                .build();
        impostor.start().join();
        try {
            world.reload((issuer, model) -> Policies.churn(issuer, "127.0.0.1:" + impostor.activeLocalPort()));

            // when an analyst predicts
            var response = world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY));

            // then the call is refused, and the server has seen nothing of it
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("UPSTREAM_UNREACHABLE");
            assertThat(asked).hasValue(0);
        } finally {
            impostor.stop().join();
        }
    }
}
