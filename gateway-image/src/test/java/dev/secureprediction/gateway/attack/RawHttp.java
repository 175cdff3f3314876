package dev.secureprediction.gateway.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends bytes as they are, which no HTTP library would, and reads whatever comes back. */
final class RawHttp {
    private static final int PATIENCE_MILLISECONDS = 10_000;

    /** How long a second answer may take to betray that one request was read as two. */
    private static final int QUIET_MILLISECONDS = 150;

    private final String address;
    private final int port;

    RawHttp(String address, int port) {
        this.address = address;
        this.port = port;
    }

    /** Sends text, each character one byte, and returns all answers until the connection ends or falls silent. */
    List<RawAnswer> send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same, waiting for the other side to close the connection. */
    List<RawAnswer> sendUntilClosed(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1), PATIENCE_MILLISECONDS);
    }

    List<RawAnswer> send(byte[] bytes) {
        return send(bytes, QUIET_MILLISECONDS);
    }

    private List<RawAnswer> send(byte[] bytes, int quiet) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLISECONDS);
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            // a large request may be answered, and the connection closed, before all of it is written
            Thread writer = Thread.startVirtualThread(() -> write(socket, bytes));
            byte[] received = read(socket, quiet, isHead(bytes));
            writer.interrupt();
            return RawAnswer.parse(received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the other side has seen enough
        }
    }

    /** Its answer has a length but no body (RFC 9110, section 9.3.2). */
    private static boolean isHead(byte[] request) {
        return new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1).equals("HEAD ");
    }

    private static byte[] read(Socket socket, int quiet, boolean bodiless) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                received.write(buffer, 0, n);
                if (RawAnswer.isComplete(received.toByteArray(), bodiless)) {
                    socket.setSoTimeout(quiet);
                }
            }
        } catch (SocketTimeoutException | SocketException e) {
            // silent or reset: what came is what there is
        }
        return received.toByteArray();
    }
}
