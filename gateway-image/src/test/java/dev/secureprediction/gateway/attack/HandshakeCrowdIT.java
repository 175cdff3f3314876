package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Many who begin TLS and go no further: each costs the server a handshake's state. */
@Isolated // its crowd would be everybody's
final class HandshakeCrowdIT {
    private static final String ADDRESS = "127.63.7.2";
    private static final int CROWD = 3_000;
    private static final long MOST_RESIDENT = 450L << 20;

    @Test
    void a74_handshakesThatNeverEndTakeBoundedMemory() throws Exception {
        // given a gateway with TLS
        Authority authority = Authority.create();
        Path folder = GatewayWorld.newFolder();
        Path tls = Files.createDirectory(folder.resolve("tls"));
        authority.certificate(ADDRESS).writeTo(tls);
        List<Socket> callers = new ArrayList<>();
        try (GatewayWorld world = GatewayWorld.start(
                folder, Policies::churn, Map.of("SPE_TLS_DIRECTORY", tls.toString(), "SPE_BIND_ADDRESS", ADDRESS))) {
            assertThat(status(authority, world)).isEqualTo(200);

            // when thousands say hello and nothing more
            byte[] hello = hello(authority);
            for (int i = 0; i < CROWD; i++) {
                callers.add(begin(world, hello));
            }

            // then others are served, and memory is bounded
            Awaitility.await("others are served")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> status(authority, world) == 200);
            assertThat(world.gateway().process().residentBytes()).isLessThan(MOST_RESIDENT);
            assertThat(world.gateway().process().alive()).isTrue();
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }

    private static Socket begin(GatewayWorld world, byte[] hello) throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(
                        InetAddress.ofLiteral(ADDRESS), world.gateway().port()),
                20_000);
        try {
            socket.getOutputStream().write(hello);
        } catch (IOException e) {
            // not let in, which is fine
        }
        return socket;
    }

    private static byte[] hello(Authority authority) throws SSLException {
        SSLEngine engine = authority.clientContext().createSSLEngine(ADDRESS, 443);
        engine.setUseClientMode(true);
        ByteBuffer wrapped = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), wrapped);
        byte[] bytes = new byte[wrapped.flip().remaining()];
        wrapped.get(bytes);
        return bytes;
    }

    private static int status(Authority authority, GatewayWorld world) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(authority.clientContext())
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            return client.send(
                            world.analystPosts(GatewayWorld.endpointPath("predict"), "{\"instances\":[1]}")
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
