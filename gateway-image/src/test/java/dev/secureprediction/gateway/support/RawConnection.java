package dev.secureprediction.gateway.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Bytes to the public port as they are, for what no HTTP client would send. */
public final class RawConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private RawConnection() {}

    /**
     * What the gateway answers until it closes the connection, or says nothing for a while.
     *
     * @param request each character one byte
     */
    public static String send(GatewayProcess gateway, String request) {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(gateway.address(), gateway.port()));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            byte[] block = new byte[8192];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                answer.append(new String(block, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            answer.append("[still open]");
        } catch (IOException e) {
            if (answer.isEmpty()) {
                throw new UncheckedIOException(e);
            }
        }
        return answer.toString();
    }
}
