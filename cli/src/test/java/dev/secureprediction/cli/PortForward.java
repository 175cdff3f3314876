package dev.secureprediction.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A port of localhost that leads elsewhere, as `kubectl port-forward` makes one. */
public final class PortForward implements AutoCloseable {

    private final ServerSocket server;
    private volatile @Nullable InetSocketAddress target;

    PortForward(InetSocketAddress target) {
        this();
        leadTo(target);
    }

    /** One that leads nowhere yet. */
    public PortForward() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** From now on. */
    public void leadTo(InetSocketAddress address) {
        target = address;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket here = server.accept();
                InetSocketAddress next = target;
                if (next == null) {
                    here.close();
                    continue;
                }
                Socket there = new Socket(next.getAddress(), next.getPort());
                Thread.startVirtualThread(() -> copy(here, there));
                Thread.startVirtualThread(() -> copy(there, here));
            } catch (IOException e) {
                // closed: the test is over
                return;
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // the other side is done
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
