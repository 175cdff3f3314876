package dev.secureprediction.gateway.audit;

import dev.secureprediction.policy.audit.ChainHead;
import dev.secureprediction.policy.model.AuditRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records on a thread of its own. A call takes its place in the queue before anything else happens, so that no call
 * that was made is without its record; when the outputs stand still there are no places left.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int BATCH = 256;
    private static final int LINES = 64 * 1024;
    private static final int MAX_LINES = 1024 * 1024;
    private static final long GATHER_MILLISECONDS = 2;
    private static final long RETRY_MILLISECONDS = 500;
    private static final long LAST_RECORDS_NANOS = 1_000_000_000L;
    private static final long SIGN_NANOS = 1_000_000_000L;

    private final List<AuditSink> sinks;
    private final BlockingQueue<CallRecord> queue;
    private final Semaphore places;
    private final long maxText;
    private final AtomicLong text = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final PromptHash hashes = PromptHash.withNewKey();
    private final String pod;
    private final Clock clock = Clock.systemUTC();
    private final Thread writer;
    private final int capacity;
    private volatile long closingAt;
    private volatile boolean closing;
    private volatile boolean failing;
    private volatile Optional<ChainHead> head = Optional.empty();

    private AuditLog(List<AuditSink> sinks, String pod, int capacity, long maxText) {
        this.sinks = List.copyOf(sinks);
        this.pod = pod;
        this.maxText = maxText;
        this.capacity = capacity;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.places = new Semaphore(capacity);
        this.writer = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);
    }

    /**
     * Starts writing.
     *
     * @param sinks every line goes to each of them, in this order
     * @param capacity calls that may run or wait for their record to be written
     * @param maxText bytes of prompts that may wait to be written
     */
    public static AuditLog start(List<AuditSink> sinks, String pod, int capacity, long maxText) {
        AuditLog log = new AuditLog(sinks, pod, capacity, maxText);
        log.writer.start();
        return log;
    }

    /** Takes a place for one record; false when there is none, or an output fails. */
    public boolean reserve() {
        return !failing && places.tryAcquire();
    }

    /** A call goes on without a record, because its policy prefers that; counted, and said in the log later. */
    public void lose() {
        lost.incrementAndGet();
    }

    /** Calls that went on without their record, or without their prompt in it. */
    public long lost() {
        return lost.get();
    }

    /**
     * Keeps of a prompt what the policy wants, in place of what was kept before.
     *
     * @return false when there is no room for it, and nothing is kept
     */
    public boolean keepPrompt(CallRecord record, byte[] prompt, AuditRules.Prompts wanted) {
        switch (wanted) {
            case None -> {}
            case Hash -> record.promptHash = hashes.of(prompt);
            case Full -> {
                release(record);
                if (text.addAndGet(prompt.length) > maxText) {
                    text.addAndGet(-prompt.length);
                    record.promptLost = true;
                    return false;
                }
                record.promptText = prompt;
            }
        }
        return true;
    }

    /** Hands over a finished record, for a place that was reserved. Does not block. */
    public void write(CallRecord record) {
        if (!queue.offer(record)) {
            throw new IllegalStateException("a record without a reserved place");
        }
    }

    /** A record that has no place and will not be written. */
    public void forget(CallRecord record) {
        release(record);
    }

    /** The last record that every output has; empty before the first. */
    public Optional<ChainHead> head() {
        return head;
    }

    private void release(CallRecord record) {
        if (record.promptText != null) {
            text.addAndGet(-record.promptText.length);
            record.promptText = null;
        }
    }

    private void run() {
        AuditChain chain = new AuditChain(BootKey.make(), pod);
        AuditLine line = new AuditLine(chain, pod);
        JsonBytes lines = new JsonBytes(LINES);
        List<CallRecord> batch = new ArrayList<>(BATCH);
        long signedAt = System.nanoTime();
        long lostWritten = 0;
        try {
            line.opened(clock.instant(), lines);
            writeOut(lines, chain);
            while (!closing || !queue.isEmpty() || isAwaited()) {
                CallRecord first = queue.poll(100, TimeUnit.MILLISECONDS);
                boolean sign = System.nanoTime() - signedAt > SIGN_NANOS;
                long lostNow = lost.get();
                if (lostNow > lostWritten) {
                    line.lost(lostNow - lostWritten, clock.instant(), lines);
                    lostWritten = lostNow;
                }
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    writeCalls(batch, sign, line, lines, chain);
                } else if (sign && !chain.isSigned()) {
                    line.checkpoint("checkpoint", clock.instant(), lines);
                }
                if (lines.length() > 0) {
                    signedAt = chain.isSigned() ? System.nanoTime() : signedAt;
                    writeOut(lines, chain);
                }
                places.release(batch.size());
                if (!batch.isEmpty() && !closing) {
                    // calls that end meanwhile need not wake this thread: that cost more than all else of a record
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLISECONDS);
                }
                batch.clear();
            }
            line.checkpoint("closed", clock.instant(), lines);
            writeOut(lines, chain);
        } catch (IOException e) {
            LOG.error("audit records could not be written before the end: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call whose answer has just gone out still hands over its record; its place says so. */
    private boolean isAwaited() {
        return places.availablePermits() < capacity && System.nanoTime() - closingAt < LAST_RECORDS_NANOS;
    }

    private void writeCalls(List<CallRecord> batch, boolean sign, AuditLine line, JsonBytes lines, AuditChain chain)
            throws IOException, InterruptedException {
        for (int i = 0; i < batch.size(); i++) {
            CallRecord call = batch.get(i);
            int before = lines.length();
            try {
                line.call(call, sign && i == batch.size() - 1, lines);
            } catch (RuntimeException e) {
                LOG.error("the record of call {} cannot be written", call.requestId(), e);
                lines.cutTo(before);
                lose();
            }
            release(call);
            if (lines.length() > MAX_LINES) {
                writeOut(lines, chain);
            }
        }
    }

    /** Does not give up: the places of these records stay taken until they are written. */
    private void writeOut(JsonBytes lines, AuditChain chain) throws IOException, InterruptedException {
        for (AuditSink sink : sinks) {
            ByteBuffer rest = lines.view();
            while (rest.hasRemaining()) {
                try {
                    sink.write(rest);
                } catch (IOException e) {
                    if (!failing) {
                        LOG.error("audit records cannot be written: {}", e.getMessage());
                    }
                    failing = true;
                    if (closing) {
                        throw e;
                    }
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLISECONDS);
                }
            }
        }
        failing = false;
        head = Optional.of(chain.head());
        lines.clear();
        lines.shrinkTo(MAX_LINES);
    }

    /** Writes what is there, then ends; waits two seconds at most. */
    @Override
    public void close() {
        closingAt = System.nanoTime();
        closing = true;
        try {
            writer.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
