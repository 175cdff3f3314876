package dev.secureprediction.sandbox.tls;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How every server of the sandbox listens: TLS with ALPN (HTTP/2 and HTTP/1.1) on a free port of 127.0.0.1. */
public final class LoopbackServer {

    private LoopbackServer() {}

    /** A server to be given its services; without a request timeout, since services may be told to be slow. */
    public static ServerBuilder builder(Authority authority) {
        ServerCertificate certificate = authority.certificate("127.0.0.1", "localhost");
        return Server.builder()
                .https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .tls(TlsKeyPair.of(certificate.key(), certificate.certificate(), certificate.issuer()))
                .requestTimeoutMillis(0)
                // its own: two servers of one JVM would register the same gauges
                .meterRegistry(new SimpleMeterRegistry());
    }
}
