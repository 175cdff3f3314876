package dev.secureprediction.bench;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A gateway for a long while: a thousand streams whose callers read slowly, and calls at a fixed rate beside them. Its memory
 * must stay flat, no call may fail, and when all have left no connection may be left.
 */
public final class Soak {
    static final int STREAMS = 1_000;
    static final int CALLS_PER_SECOND = 200;
    private static final int EVENTS = 40;
    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(500);
    private static final HttpData EVENT = HttpData.ofUtf8(
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + "word ".repeat(400) + "\"}]}}]}\n\n");

    private Soak() {}

    /**
     * Runs it; ends with 1 where it did not hold.
     *
     * @param arguments minutes
     */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        Duration length = Duration.ofMinutes(Long.parseLong(arguments[0]));
        boolean held;
        try (GatewayWorld world = GatewayWorld.start(
                GatewayWorld.newFolder(),
                (issuer, model) -> Policies.gemini(issuer, model).timeouts(20_000, 60_000, 60_000, 600_000))) {
            world.model().behave(Soak::answer);
            held = run(world, length);
        }
        System.exit(held ? 0 : 1); // servers of the world leave threads behind
    }

    private static HttpResponse answer(
            ServiceRequestContext context, com.linecorp.armeria.common.AggregatedHttpRequest request) {
        if (!request.path().contains(":stream")) {
            return HttpResponse.of(
                    MediaType.JSON,
                    "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"yes\"}]},\"finishReason\":\"STOP\"}],"
                            + "\"usageMetadata\":{\"totalTokenCount\":5}}");
        }
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.EVENT_STREAM));
        next(context, writer, EVENTS);
        return writer;
    }

    /** An event, and the next a while after it was taken. */
    @SuppressWarnings("FutureReturnValueIgnored") // a stream that ends badly is a failure of its reader
    private static void next(ServiceRequestContext context, HttpResponseWriter writer, int left) {
        if (left == 0 || !writer.tryWrite(EVENT)) {
            writer.close();
            return;
        }
        writer.whenConsumed()
                .thenRun(() -> context.eventLoop()
                        .schedule(
                                () -> next(context, writer, left - 1),
                                BETWEEN_EVENTS.toMillis(),
                                TimeUnit.MILLISECONDS));
    }

    private static boolean run(GatewayWorld world, Duration length) throws InterruptedException, IOException {
        int socketsBefore = sockets(world);
        SoakLoad load = new SoakLoad(world);
        long end = System.nanoTime() + length.toNanos();
        load.begin(end);
        List<Long> resident = new ArrayList<>();
        while (System.nanoTime() < end) {
            Thread.sleep(Math.min(10_000, length.toMillis() / 30));
            resident.add(world.gateway().process().residentBytes() >> 20);
            world.model().forget(); // else what it has seen fills this process within ten minutes
        }
        load.awaitEnd();
        long leaked = leaked(world, socketsBefore);
        double drift = drift(resident);
        System.out.printf(
                Locale.ROOT,
                "%d min: %d streams read to their end, %d other calls, %d failed; resident %d to %d MiB, drift %.1f"
                        + " %%; %d connections left%n",
                length.toMinutes(),
                load.streams(),
                load.calls(),
                load.failures(),
                resident.stream().min(Long::compare).orElse(0L),
                resident.stream().max(Long::compare).orElse(0L),
                drift,
                leaked);
        load.firstFailures().forEach(System.out::println);
        return load.failures() == 0 && Math.abs(drift) <= 5 && leaked == 0;
    }

    /** From the second quarter, when all code is warm, to the last: medians, in percent. */
    private static double drift(List<Long> resident) {
        int quarter = resident.size() / 4;
        long before = median(resident.subList(quarter, 2 * quarter));
        long after = median(resident.subList(resident.size() - quarter, resident.size()));
        return 100.0 * (after - before) / before;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Connections that neither side's keep-alive explains: it is given its time first. */
    private static long leaked(GatewayWorld world, int before) throws InterruptedException, IOException {
        long patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        int now = sockets(world);
        while (now > before && System.nanoTime() < patience) {
            Thread.sleep(1_000);
            now = sockets(world);
        }
        return Math.max(0, now - before);
    }

    private static int sockets(GatewayWorld world) throws IOException {
        Path descriptors =
                Path.of("/proc", Long.toString(world.gateway().process().pid()), "fd");
        try (Stream<Path> all = Files.list(descriptors)) {
            return (int) all.filter(Soak::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** A call of the model, as an analyst. */
    static HttpRequest call(GatewayWorld world, String verb) {
        return world.analystPosts(GatewayWorld.geminiPath(verb), "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}")
                .timeout(Duration.ofMinutes(5))
                .build();
    }
}
