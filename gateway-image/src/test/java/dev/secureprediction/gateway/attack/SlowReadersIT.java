package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callers who ask for streams and do not read them. */
final class SlowReadersIT {
    private static final int READERS = 1_000;
    /** So many ask at once: more would wait for connections to the model until the gateway refuses them. */
    private static final int AT_ONCE = 50;

    private static final int CHUNKS = 16;
    private static final long MOST_RESIDENT = 400L << 20;
    private static final String BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
    private static final HttpData EVENT =
            HttpData.ofUtf8("data: {\"candidates\":[],\"x\":\"" + "y".repeat(64 << 10) + "\"}\n\n");

    private static Attacked attacked;
    private final AtomicInteger streams = new AtomicInteger();

    @BeforeAll
    static void start() {
        attacked = Attacked.start(
                (issuer, model) -> Policies.gemini(issuer, model).timeouts(20_000, 60_000, 60_000, 120_000));
    }

    @AfterAll
    static void stop() {
        attacked.close();
    }

    /** A megabyte, each piece once the one before has been taken. */
    private static void write(HttpResponseWriter writer, int left) {
        if (left > 0 && writer.tryWrite(EVENT)) {
            var consumed = writer.whenConsumed().thenRun(() -> write(writer, left - 1));
            assertThat(consumed).isNotNull();
        } else {
            writer.close();
        }
    }

    private static Socket open(String head) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getAllByName(attacked.world().gateway().address())[0],
                        attacked.world().gateway().port()),
                20_000);
        socket.getOutputStream().write((head + BODY).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void a74AThousandSlowReadersTakeBoundedMemory() throws IOException {
        // given a model that streams a megabyte to whoever asks
        attacked.world().model().behave((context, request) -> {
            HttpResponseWriter writer = com.linecorp.armeria.common.HttpResponse.streaming();
            writer.write(ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.EVENT_STREAM));
            streams.incrementAndGet();
            write(writer, CHUNKS);
            return writer;
        });
        String head = attacked.request(
                        "POST " + GatewayWorld.geminiPath("streamGenerateContent") + "?alt=sse HTTP/1.1",
                        "Content-Length: " + BODY.length())
                + "\r\n";

        // when a thousand callers ask for that and read nothing
        List<Socket> readers = new ArrayList<>();
        try {
            while (readers.size() < READERS) {
                for (int i = 0; i < AT_ONCE; i++) {
                    readers.add(open(head));
                }
                Awaitility.await("a stream for each")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> streams.get() == readers.size());
            }
            Awaitility.await("memory that has settled")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(SlowReadersIT::hasSettled);

            // then the gateway holds little of it
            assertThat(attacked.world().gateway().process().residentBytes()).isLessThan(MOST_RESIDENT);

            // and those for whom that is not enough, if any, are cut, on record
            List<JsonNode> ended = attacked.world().gateway().audit();
            assertThat(ended)
                    .filteredOn(record -> record.has("code"))
                    .filteredOn(record -> !record.path("code").asText().equals("OK"))
                    .allSatisfy(
                            record -> assertThat(record.path("reason").asText()).isEqualTo("OVERLOADED:ANSWERS"));

            // and others are served
            attacked.world().model().behaveWell();
            assertThat(attacked.world()
                            .send(attacked.world().analystPosts(GatewayWorld.geminiPath("generateContent"), BODY))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }

        // and when they leave, nothing is left running
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> attacked.world().gateway().admin("/metrics").contains("spe_gateway_calls_running 0"));
        assertThat(attacked.world().gateway().process().alive()).isTrue();
    }

    private static long before;

    private static boolean hasSettled() {
        long now = attacked.world().gateway().process().residentBytes();
        boolean settled = Math.abs(now - before) < (1 << 20);
        before = now;
        return settled;
    }
}
