package dev.secureprediction.gateway.otlp;

import dev.secureprediction.gateway.audit.CallRecord;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports the spans of calls, on a thread of its own. Traces help people, they hold nothing up: what the collector does not
 * take at once is lost, and counted.
 */
public final class Spans {
    private static final Logger LOG = LoggerFactory.getLogger(Spans.class);
    private static final int WAITING = 2_048;
    private static final int BATCH = 256;
    private static final long FLUSH_MILLISECONDS = 1_000;

    private final BlockingQueue<CallRecord> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Optional<OtlpClient> client;
    private final SpanMessage message;
    private boolean failing;

    private Spans(Optional<OtlpClient> client, String pod) {
        this.client = client;
        this.message = new SpanMessage(pod);
    }

    /** No spans. */
    public static Spans off() {
        return new Spans(Optional.empty(), "");
    }

    /** Spans to this collector. */
    public static Spans to(URI endpoint, String pod) {
        Spans spans = new Spans(Optional.of(new OtlpClient(endpoint, "traces")), pod);
        Thread.ofPlatform().daemon().name("otlp-spans").start(spans::run);
        return spans;
    }

    /** Whether spans are exported, so that calls without a trace begin one. */
    public boolean areExported() {
        return client.isPresent();
    }

    /** Takes a call that has ended; does not block. */
    public void ended(CallRecord call) {
        boolean wanted = client.isPresent()
                && call.trace().isPresent()
                && call.trace().get().sampled();
        if (wanted && !queue.offer(call)) {
            lost.incrementAndGet();
        }
    }

    /** Calls whose spans were lost. */
    public long lost() {
        return lost.get();
    }

    private void run() {
        List<CallRecord> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLISECONDS);
                while (batch.size() < BATCH) {
                    CallRecord next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                    if (next == null) {
                        break;
                    }
                    batch.add(next);
                }
                send(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<CallRecord> batch) {
        try {
            client.orElseThrow().post(message.of(batch));
            failing = false;
        } catch (IOException | RuntimeException e) {
            lost.addAndGet(batch.size());
            if (!failing) {
                LOG.warn("spans are lost, the collector does not take them: {}", e.getMessage());
            }
            failing = true;
        }
    }
}
