package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Copies bytes between a loopback port and one of several addresses, chosen per connection in turn. */
final class Forward implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2000;

    private final ServerSocket listener;
    private final Supplier<List<InetSocketAddress>> backends;
    private final AtomicInteger turn = new AtomicInteger();

    private Forward(ServerSocket listener, Supplier<List<InetSocketAddress>> backends) {
        this.listener = listener;
        this.backends = backends;
    }

    static Forward listen(String address, Supplier<List<InetSocketAddress>> backends) {
        try {
            var forward = new Forward(new ServerSocket(0, 128, InetAddress.getByName(address)), backends);
            Thread.ofVirtual().name("forward").start(forward::accept);
            return forward;
        } catch (IOException e) {
            throw new SandboxException("no port to forward on " + address + ": " + e.getMessage(), e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Without a ready pod the connection is closed, as a cluster would refuse it. */
    private void serve(Socket client) {
        try (client) {
            var ready = backends.get();
            if (ready.isEmpty()) {
                return;
            }
            try (var backend = new Socket()) {
                backend.connect(ready.get(Math.floorMod(turn.getAndIncrement(), ready.size())), CONNECT_MILLIS);
                var back = Thread.ofVirtual().start(() -> copy(backend, client));
                copy(client, backend);
                back.join();
            }
        } catch (IOException e) {
            // one side is gone, and closing tells the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new SandboxException("cannot close port " + listener.getLocalPort(), e);
        }
    }
}
