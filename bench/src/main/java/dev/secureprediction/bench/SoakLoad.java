package dev.secureprediction.bench;

import dev.secureprediction.gateway.support.GatewayWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Callers of a soak: each stream and each other call on a thread of its own. */
final class SoakLoad {
    private static final int FAILURES_TOLD = 5;
    private static final int FRESH_TOKEN = 10_000;
    private static final int SLOW_BYTES = 2_048;
    private static final long SLOW_NANOS = 450_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final GatewayWorld world;
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong streams = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<String> first = Collections.synchronizedList(new ArrayList<>());

    SoakLoad(GatewayWorld world) {
        this.world = world;
    }

    /** Opens the streams and keeps opening them, and calls beside them, until then. */
    void begin(long endNanos) {
        for (int i = 0; i < Soak.STREAMS; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                while (System.nanoTime() < endNanos) {
                    guarded(() -> readSlowly(head(Soak.call(world, "streamGenerateContent"))), streams);
                }
            }));
        }
        threads.add(Thread.startVirtualThread(() -> callAtRate(endNanos)));
    }

    private static String head(HttpRequest request) {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
        return "POST " + request.uri().getPath()
                + "?alt=sse HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
                + "Authorization: "
                + request.headers().firstValue("Authorization").orElseThrow()
                + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void callAtRate(long endNanos) {
        HttpRequest call = Soak.call(world, "generateContent");
        long due = System.nanoTime();
        for (long made = 1; due < endNanos; made++) {
            if (made % FRESH_TOKEN == 0) {
                call = Soak.call(world, "generateContent"); // tokens live for minutes
            }
            HttpRequest now = call;
            LockSupport.parkNanos(due - System.nanoTime());
            due += SECOND / Soak.CALLS_PER_SECOND;
            inFlight.incrementAndGet();
            Thread.startVirtualThread(() -> {
                guarded(() -> answered(now), calls);
                inFlight.decrementAndGet();
            });
        }
    }

    private void answered(HttpRequest call) throws IOException, InterruptedException {
        HttpResponse<String> answer = world.client().send(call, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    /** A little at a time, to the last byte. */
    private void readSlowly(String head) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(8 << 10);
            socket.connect(new InetSocketAddress(
                    world.gateway().address(), world.gateway().port()));
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[SLOW_BYTES];
            StringBuilder last = new StringBuilder();
            boolean begun = false;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                String text = new String(piece, 0, count, StandardCharsets.ISO_8859_1);
                if (!begun && !text.startsWith("HTTP/1.1 200 ")) {
                    throw new IOException(text.lines().findFirst().orElse(""));
                }
                begun = true;
                last.append(text);
                last.delete(0, Math.max(0, last.length() - 16));
                LockSupport.parkNanos(SLOW_NANOS);
            }
            if (!last.toString().endsWith("0\r\n\r\n")) {
                throw new IOException("a stream was cut");
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void guarded(Work work, AtomicLong done) {
        try {
            work.run();
            done.incrementAndGet();
        } catch (IOException e) {
            failures.incrementAndGet();
            if (first.size() < FAILURES_TOLD) {
                first.add(e.toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every stream has been read and every call is answered. */
    void awaitEnd() throws InterruptedException {
        for (Thread thread : List.copyOf(threads)) {
            thread.join();
        }
        while (inFlight.get() > 0) {
            Thread.sleep(100);
        }
    }

    long streams() {
        return streams.get();
    }

    long calls() {
        return calls.get();
    }

    long failures() {
        return failures.get();
    }

    List<String> firstFailures() {
        return List.copyOf(first);
    }
}
