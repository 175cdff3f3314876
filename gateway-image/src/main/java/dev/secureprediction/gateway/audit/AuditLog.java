package dev.secureprediction.gateway.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records on a thread of its own. A call takes its place in the queue before anything else happens, so that no call
 * that was made is without its record; when the output stands still, calls are refused.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int BATCH = 256;
    private static final long RETRY_MILLISECONDS = 500;

    private final BlockingQueue<CallRecord> queue;
    private final Semaphore places;
    private final AuditLine line;
    private final OutputStream out;
    private final Thread writer;
    private volatile boolean closing;
    private volatile boolean failing;

    private AuditLog(OutputStream out, String pod, int capacity) {
        this.out = out;
        this.line = new AuditLine(pod);
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.places = new Semaphore(capacity);
        this.writer = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);
    }

    /**
     * Starts writing.
     *
     * @param capacity calls that may run or wait for their record to be written
     */
    public static AuditLog start(OutputStream out, String pod, int capacity) {
        AuditLog log = new AuditLog(out, pod, capacity);
        log.writer.start();
        return log;
    }

    /** Takes a place for one record; false when there is none, or the output fails. */
    public boolean reserve() {
        return !failing && places.tryAcquire();
    }

    /** Hands over a finished record, for a place that was reserved. Does not block. */
    public void write(CallRecord record) {
        if (!queue.offer(record)) {
            throw new IllegalStateException("a record without a reserved place");
        }
    }

    private void run() {
        List<CallRecord> batch = new ArrayList<>(BATCH);
        try {
            while (!closing || !queue.isEmpty()) {
                CallRecord first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                writeOut(batch);
                places.release(batch.size());
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not give up: the places of these records stay taken until they are written. */
    private void writeOut(List<CallRecord> batch) throws InterruptedException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (CallRecord call : batch) {
            lines.writeBytes(line.of(call));
        }
        while (true) {
            try {
                lines.writeTo(out);
                out.flush();
                failing = false;
                return;
            } catch (IOException e) {
                if (!failing) {
                    LOG.error("audit records cannot be written: calls are refused until they can", e);
                }
                failing = true;
                if (closing) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLISECONDS);
            }
        }
    }

    /** Writes what is there, then ends; waits two seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
