package dev.secureprediction.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Connections whose TLS handshake has not ended, on all event loops. Only so many are kept: each holds some fifty kilobytes, and
 * who has taken the longest makes room. An honest handshake ends within a few round trips.
 */
public final class Handshakes {
    static final int MOST = 512;

    // guarded by this
    private final SequencedSet<Channel> running = new LinkedHashSet<>();

    /** A connection was accepted. */
    @SuppressWarnings("FutureReturnValueIgnored") // of a listener nothing can be told
    public void began(Channel connection) {
        add(connection);
        connection.closeFuture().addListener(closed -> remove(connection));
    }

    private void add(Channel connection) {
        Channel slowest;
        synchronized (this) {
            running.add(connection);
            if (running.size() <= MOST) {
                return;
            }
            slowest = running.removeFirst();
        }
        ChannelFuture ignored = slowest.close();
    }

    /** A connection may carry requests now. */
    void ended(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            remove(base.channel());
        }
    }

    private synchronized void remove(Channel connection) {
        running.remove(connection);
    }

    synchronized int running() {
        return running.size();
    }
}
