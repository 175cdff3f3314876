package dev.secureprediction.gateway.support;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A metadata server as on a GKE node: hands out access tokens for the pod's account. */
public final class TestMetadata implements AutoCloseable {
    private final Server server;
    private final AtomicInteger minted = new AtomicInteger();
    private volatile String token = "ya29.gateway-canary-secret-1";
    private volatile long lifetimeSeconds = 3_600;
    private volatile boolean down;

    private TestMetadata() {
        server = Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .service(
                        "/",
                        (context, request) -> HttpResponse.builder()
                                .ok()
                                .header("Metadata-Flavor", "Google")
                                .content("computeMetadata/")
                                .build())
                .service("/computeMetadata/v1/instance/service-accounts/default/token", (context, request) -> answer())
                .build();
    }

    /** Starts it on a free port. */
    public static TestMetadata start() {
        TestMetadata metadata = new TestMetadata();
        metadata.server.start().join();
        return metadata;
    }

    private HttpResponse answer() {
        if (down) {
            return HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
        }
        minted.incrementAndGet();
        return HttpResponse.builder()
                .ok()
                .header("Metadata-Flavor", "Google")
                .content(
                        MediaType.JSON,
                        "{\"access_token\":\"" + token + "\",\"expires_in\":" + lifetimeSeconds
                                + ",\"token_type\":\"Bearer\"}")
                .build();
    }

    /** Value of `GCE_METADATA_HOST`. */
    public String host() {
        return "127.0.0.1:" + server.activeLocalPort();
    }

    /** The token it hands out now. */
    public String token() {
        return token;
    }

    /** What to hand out from now on, with this life. */
    public void hands(String newToken, long seconds) {
        token = newToken;
        lifetimeSeconds = seconds;
    }

    /** Whether it fails. */
    public void down(boolean fails) {
        down = fails;
    }

    /** How many tokens it handed out. */
    public int minted() {
        return minted.get();
    }

    @Override
    public void close() {
        Thread.startVirtualThread(server::close);
    }
}
