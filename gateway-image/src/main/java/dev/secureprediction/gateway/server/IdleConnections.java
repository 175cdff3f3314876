package dev.secureprediction.gateway.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Closes connections on which no call runs: soon when there never was one (a caller that sends its head byte by byte),
 * after a longer while when it is kept alive. Of those that never had one only so many are kept: each may hold nearly as much as
 * the largest head, and who has waited the longest for its first call makes room. Of those that are kept alive the one that
 * has rested the longest does. Running calls have deadlines of their own. On one event loop.
 */
final class IdleConnections {
    private static final long LOOK_MILLISECONDS = 1_000;
    private static final long FIRST_CALL_NANOS = 10_000_000_000L;
    private static final long KEEP_ALIVE_NANOS = 75_000_000_000L;
    private static final int MOST_UNUSED = 512;
    private static final int MOST_RESTING = 1_024;

    private final Map<HttpConnection, Usage> connections = new HashMap<>();
    private final SequencedSet<HttpConnection> unused = new LinkedHashSet<>();
    private final SequencedSet<HttpConnection> resting = new LinkedHashSet<>();

    private static final class Usage {
        private long since = System.nanoTime();
        private int running;
        private boolean used;
    }

    private IdleConnections() {}

    static IdleConnections watchedBy(Vertx vertx) {
        IdleConnections connections = new IdleConnections();
        vertx.setPeriodic(LOOK_MILLISECONDS, id -> connections.closeIdle());
        return connections;
    }

    void opened(HttpConnection connection) {
        connections.put(connection, new Usage());
        connection.closeHandler(closed -> {
            connections.remove(connection);
            unused.remove(connection);
            resting.remove(connection);
        });
        unused.add(connection);
        if (unused.size() > MOST_UNUSED) {
            unused.removeFirst().close();
        }
    }

    void began(HttpServerRequest request) {
        Usage usage = connections.get(request.connection());
        if (usage == null) {
            return;
        }
        if (!usage.used) {
            usage.used = true;
            unused.remove(request.connection());
        }
        usage.running++;
        resting.remove(request.connection());
        request.response().endHandler(end -> {
            usage.running--;
            usage.since = System.nanoTime();
            if (usage.running == 0 && connections.containsKey(request.connection())) {
                rest(request.connection());
            }
        });
    }

    private void rest(HttpConnection connection) {
        resting.addLast(connection);
        if (resting.size() > MOST_RESTING) {
            resting.removeFirst().close();
        }
    }

    private void closeIdle() {
        long now = System.nanoTime();
        for (Iterator<Map.Entry<HttpConnection, Usage>> all =
                        Map.copyOf(connections).entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<HttpConnection, Usage> entry = all.next();
            Usage usage = entry.getValue();
            long most = usage.used ? KEEP_ALIVE_NANOS : FIRST_CALL_NANOS;
            if (usage.running == 0 && now - usage.since > most) {
                entry.getKey().close();
            }
        }
    }
}
