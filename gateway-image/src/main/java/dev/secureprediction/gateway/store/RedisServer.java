package dev.secureprediction.gateway.store;

import dev.secureprediction.gateway.limits.StoreDownException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, asked without waiting long: while it is down, nobody waits at all but for one try a second. */
public final class RedisServer {
    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 1_024;
    private static final int CONNECT_MILLISECONDS = 500;
    private static final long ANSWER_MILLISECONDS = 500;
    private static final long LEFT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Vertx vertx;
    private final AtomicLong downSince = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean down;
    private volatile Link link;

    private record Link(StoreSecret secret, Redis redis) {}

    private RedisServer(Vertx vertx, Link link) {
        this.vertx = vertx;
        this.link = link;
    }

    /** Connects when it is first asked. */
    public static RedisServer at(StoreSecret secret, Vertx vertx) {
        return new RedisServer(vertx, new Link(secret, client(secret, vertx)));
    }

    /** Goes on with this secret, where it is another one. */
    public void use(StoreSecret secret) {
        Link before = link;
        if (secret.equals(before.secret())) {
            return;
        }
        link = new Link(secret, client(secret, vertx));
        down = false;
        LOG.info("the secret of the store has changed and is used from now on");
        // whoever asked before has an answer by then, or will have none
        vertx.setTimer(2 * ANSWER_MILLISECONDS, id -> before.redis().close());
    }

    /** For answers kept there; empty: none are kept. */
    Optional<SecretKey> encryptionKey() {
        return link.secret().encryptionKey();
    }

    private static Redis client(StoreSecret secret, Vertx vertx) {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout(CONNECT_MILLISECONDS)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
        if (secret.url().startsWith("rediss://")) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            secret.authorities()
                    .ifPresent(pem -> net.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        }
        RedisOptions options = new RedisOptions()
                .setConnectionString(secret.url())
                .setMaxPoolSize(CONNECTIONS)
                .setMaxPoolWaiting(WAITING)
                .setNetClientOptions(net);
        return Redis.createClient(vertx, options);
    }

    /** Asks; empty: there is no such key. Fails with {@link StoreDownException} whatever is wrong. */
    Future<Optional<Response>> ask(Request request) {
        if (down && System.nanoTime() - downSince.get() < LEFT_ALONE_NANOS) {
            return Future.failedFuture(new StoreDownException("left alone"));
        }
        return link.redis()
                .send(request)
                .map(answer -> Optional.ofNullable(answer))
                .timeout(ANSWER_MILLISECONDS, TimeUnit.MILLISECONDS)
                .onSuccess(answer -> isUp())
                .recover(e -> {
                    if (e.getMessage() != null && e.getMessage().startsWith("NOSCRIPT")) {
                        return Future.failedFuture(e);
                    }
                    isDown(e);
                    return Future.failedFuture(new StoreDownException("no answer"));
                });
    }

    /** Questions that were not answered. */
    public long failures() {
        return failures.get();
    }

    private void isUp() {
        if (down) {
            down = false;
            LOG.info("the store answers again");
        }
    }

    private void isDown(Throwable e) {
        failures.incrementAndGet();
        downSince.set(System.nanoTime());
        if (!down) {
            down = true;
            // not its message, which may name the server
            LOG.error("the store does not answer: {}", e.getClass().getSimpleName());
        }
    }
}
