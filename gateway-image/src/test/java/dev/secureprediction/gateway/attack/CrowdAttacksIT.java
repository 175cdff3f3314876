package dev.secureprediction.gateway.attack;

import static dev.secureprediction.gateway.attack.Http2Wire.END_HEADERS;
import static dev.secureprediction.gateway.attack.Http2Wire.END_STREAM;
import static dev.secureprediction.gateway.attack.Http2Wire.HEADERS;
import static dev.secureprediction.gateway.attack.Http2Wire.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Many connections, or many streams, that each do a little of what is allowed: nobody else is to notice. */
@Isolated // its crowds would be everybody's
final class CrowdAttacksIT {
    private static final long MOST_RESIDENT = 450L << 20;

    private static Attacked gateway;
    private static String token;

    @BeforeAll
    static void start() {
        gateway = Attacked.start();
        token = gateway.token();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void calm() {
        gateway.calm();
    }

    private static String address() {
        return gateway.world().gateway().address();
    }

    private static int port() {
        return gateway.world().gateway().port();
    }

    private static List<String[]> sound() {
        return List.of(
                new String[] {":method", "POST"},
                new String[] {":scheme", "http"},
                new String[] {":path", Attacked.PATH},
                new String[] {":authority", "gateway"},
                new String[] {"authorization", "Bearer " + token},
                new String[] {"content-type", "application/json"});
    }

    /** Of what the model sees some may be the crowd's. */
    private static void othersAreServed() {
        gateway.calm();
        java.net.http.HttpResponse<String> answer = call();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static java.net.http.HttpResponse<String> call() {
        try {
            return gateway.sendWith(gateway.token());
        } catch (UncheckedIOException closed) {
            // one that rested may be closed in the moment in which it is used (RFC 9112, section 9.5): its caller calls
            // again
            return gateway.sendWith(gateway.token());
        }
    }

    @Test
    void a74_headsThatNeverEndTakeBoundedMemory() throws IOException {
        // given two thousand callers who have sent nearly as much of a head as they may
        byte[] head = ("POST " + Attacked.PATH + " HTTP/1.1\r\nHost: gateway\r\n" + "X-A: " + "a".repeat(30_000))
                .getBytes(StandardCharsets.US_ASCII);
        List<Socket> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address()), port()), 20_000);
                callers.add(socket);
                try {
                    socket.getOutputStream().write(head);
                } catch (IOException e) {
                    // not let in, which is fine
                }
            }

            // then others are served all the same
            othersAreServed();
            assertThat(gateway.world().gateway().process().residentBytes()).isLessThan(MOST_RESIDENT);
        } finally {
            for (Socket socket : callers) {
                socket.close();
            }
        }
        assertThat(gateway.world().gateway().process().alive()).isTrue();
    }

    @Test
    void a74_connectionsThatAreKeptAfterACallTakeBoundedMemory() throws IOException {
        // given thousands who made one call without a token, and stay
        byte[] call = new byte[0];
        List<Http2Wire> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 3_000; i++) {
                Http2Wire wire = Http2Wire.connect(address(), port());
                callers.add(wire);
                call = call.length > 0 ? call : wire.block(sound().subList(0, 4));
                wire.tryWrite(Http2Wire.frame(HEADERS, END_HEADERS | END_STREAM, 1, call));
            }

            // then others are served, and those who rested the longest had to go
            othersAreServed();
            assertThat(gateway.world().gateway().process().residentBytes()).isLessThan(MOST_RESIDENT);
            assertThat(callers.getFirst().end(3).goneAway()).isTrue();
        } finally {
            callers.forEach(Http2Wire::close);
        }
        assertThat(gateway.world().gateway().process().alive()).isTrue();
    }

    @Test
    void a93_streamsThatTheGatewayItselfMustResetEndTheConnection() throws IOException {
        try (Http2Wire wire = Http2Wire.connect(address(), port())) {
            // a window that grows by nothing is an error of its stream (RFC 9113, section 6.9)
            byte[] nothing = {0, 0, 0, 0};
            for (int stream = 1; stream < 4_000; stream += 2) {
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(Http2Wire.frame(HEADERS, END_HEADERS, stream, wire.block(sound())));
                both.writeBytes(Http2Wire.frame(WINDOW_UPDATE, 0, stream, nothing));
                wire.tryWrite(both.toByteArray());
            }
            assertThat(wire.end(3_999).goneAway()).isTrue();
        }
        gateway.assertNothingUpstream();
        othersAreServed();
    }

    @Test
    void a93_refusalsThatNobodyReadsTakeBoundedMemory() throws IOException {
        // given callers without a token, with long heads, who let no refusal through
        byte[] initialWindowOfZero = {0, 4, 0, 0, 0, 0};
        List<String[]> head = new ArrayList<>(sound().subList(0, 4));
        head.add(new String[] {"x-filler", "f".repeat(14_000)});
        List<Http2Wire> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                Http2Wire wire = Http2Wire.connect(address(), port(), initialWindowOfZero);
                callers.add(wire);
                byte[] block = wire.block(head);
                for (int stream = 1; stream < 400; stream += 2) {
                    wire.tryWrite(Http2Wire.frame(HEADERS, END_HEADERS | END_STREAM, stream, block));
                }
            }

            // then others are served as soon as that is read, and memory is bounded
            Awaitility.await("others are served")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> gateway.sendWith(gateway.token()).statusCode() == 200);
            assertThat(gateway.world().gateway().process().residentBytes()).isLessThan(MOST_RESIDENT);
        } finally {
            callers.forEach(Http2Wire::close);
        }
        othersAreServed();
    }

    @Test
    void a74_callersWhoOpenNoWindowTakeBoundedMemory() throws IOException {
        // given a model with long answers, and callers who let nothing of them through
        String answer = "{\"predictions\":[\"" + "p".repeat(60_000) + "\"]}";
        gateway.world().model().behave((context, request) -> HttpResponse.of(MediaType.JSON, answer));
        byte[] initialWindowOfZero = {0, 4, 0, 0, 0, 0};
        List<Http2Wire> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Http2Wire wire = Http2Wire.connect(address(), port(), initialWindowOfZero);
                callers.add(wire);
                for (int stream = 1; stream < 200; stream += 2) {
                    wire.tryWrite(Http2Wire.frame(HEADERS, END_HEADERS, stream, wire.block(sound())));
                    wire.tryWrite(Http2Wire.frame(
                            Http2Wire.DATA, END_STREAM, stream, Attacked.BODY.getBytes(StandardCharsets.UTF_8)));
                }
            }

            // then others are answered, and served as soon as the first of these are given up; memory is bounded
            Awaitility.await("others are served")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> gateway.sendWith(gateway.token()).statusCode() == 200);
            assertThat(gateway.world().gateway().process().residentBytes()).isLessThan(MOST_RESIDENT);
        } finally {
            callers.forEach(Http2Wire::close);
        }
        assertThat(gateway.world().gateway().process().alive()).isTrue();
        awaitTheirLastCall();
        othersAreServed();
    }

    /** Calls of callers who have left may be on their way to the model. */
    private static void awaitTheirLastCall() {
        int[] seen = {-1};
        Awaitility.await("the model hears nothing more of them")
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        seen[0] == (seen[0] = gateway.world().model().requests().size()));
    }
}
