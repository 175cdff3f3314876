package dev.secureprediction.gateway.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and sees connections come, whether or not anything is asked over them. */
public final class TcpRelay implements AutoCloseable {
    private volatile String behind = "";
    private final ServerSocket door;
    private final AtomicInteger opened = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Leads nowhere yet: takes connections and says nothing. */
    public TcpRelay() {
        try {
            door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::letIn);
    }

    /**
     * Leads to this server from now on.
     *
     * @param server `address:port`
     */
    public TcpRelay leadingTo(String server) {
        behind = server;
        return this;
    }

    /** `host:port` of it. */
    public String authority() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    /** How many connections came so far. */
    public int opened() {
        return opened.get();
    }

    /** Lets nobody in any more; who is in stays. */
    public void shut() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void letIn() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                sockets.add(caller);
                opened.incrementAndGet();
                String there = behind;
                if (!there.isEmpty()) {
                    Socket server = new Socket(
                            InetAddress.ofLiteral(there.substring(0, there.indexOf(':'))),
                            Integer.parseInt(there.substring(there.indexOf(':') + 1)));
                    sockets.add(server);
                    Thread.startVirtualThread(() -> pump(caller, server));
                    Thread.startVirtualThread(() -> pump(server, caller));
                }
            } catch (IOException e) {
                return; // shut
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // one of them left
        }
    }

    @Override
    public void close() {
        shut();
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
