package dev.secureprediction.gateway.attack;

import static dev.secureprediction.gateway.attack.Http2Wire.CONTINUATION;
import static dev.secureprediction.gateway.attack.Http2Wire.DATA;
import static dev.secureprediction.gateway.attack.Http2Wire.END_HEADERS;
import static dev.secureprediction.gateway.attack.Http2Wire.END_STREAM;
import static dev.secureprediction.gateway.attack.Http2Wire.HEADERS;
import static dev.secureprediction.gateway.attack.Http2Wire.PING;
import static dev.secureprediction.gateway.attack.Http2Wire.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** HTTP/2, by prior knowledge: served where sound, and no way around what holds for HTTP/1.1. */
final class HttpTwoAttacksIT {
    private static Attacked gateway;

    @BeforeAll
    static void start() {
        gateway = Attacked.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void calm() {
        gateway.calm();
    }

    private static Http2Wire wire() throws IOException {
        return Http2Wire.connect(
                gateway.world().gateway().address(), gateway.world().gateway().port());
    }

    private static String[] field(String name, String value) {
        return new String[] {name, value};
    }

    private static List<String[]> sound() {
        return new ArrayList<>(List.of(
                field(":method", "POST"),
                field(":scheme", "http"),
                field(":path", Attacked.PATH),
                field(":authority", "gateway"),
                field("authorization", "Bearer " + gateway.token()),
                field("content-type", "application/json")));
    }

    private static List<String[]> with(String name, String value) {
        List<String[]> fields = sound();
        fields.add(field(name, value));
        return fields;
    }

    private static List<String[]> changed(String name, String value) {
        List<String[]> fields = sound();
        fields.replaceAll(field -> field[0].equals(name) ? field(name, value) : field);
        return fields;
    }

    private static List<String[]> without(String name) {
        return sound().stream().filter(field -> !field[0].equals(name)).toList();
    }

    private static void othersAreServed() throws IOException {
        try (Http2Wire other = wire()) {
            other.request(1, sound(), Optional.of(Attacked.BODY));
            assertThat(other.end(1).status()).contains(200);
        }
        gateway.world().model().forget();
        gateway.assertServed(gateway.sendWith(gateway.token()));
    }

    @Test
    void aSoundCallIsServedByPriorKnowledgeAndSoAreSeveralAtATime() throws IOException {
        try (Http2Wire wire = wire()) {
            for (int stream = 1; stream <= 9; stream += 2) {
                wire.request(stream, sound(), Optional.of(Attacked.BODY));
            }
            // each has its own answer; the last comes to its end as well
            Http2Wire.End last = wire.end(9);
            assertThat(last.status()).contains(200);
            assertThat(last.body()).contains("9007199254740993");
        }
        assertThat(gateway.world().model().requests()).hasSize(5);
    }

    @Test
    void errorsHaveTheSurfacesShape() throws IOException {
        try (Http2Wire wire = wire()) {
            wire.request(1, without("authorization"), Optional.of(Attacked.BODY));
            Http2Wire.End end = wire.end(1);
            assertThat(end.status()).contains(401);
            Attacked.assertGoogleError(401, end.body());
        }
        gateway.assertNothingUpstream();
    }

    @TestFactory
    Stream<DynamicTest> a36_a41_headsThatTwoReadersTakeDifferently() {
        List<String[]> pseudoLast = new ArrayList<>(without(":path"));
        pseudoLast.add(field(":path", Attacked.PATH));
        Map<String, List<String[]>> heads = Map.ofEntries(
                Map.entry("a path twice", with(":path", "/other")),
                Map.entry("a method twice", with(":method", "GET")),
                Map.entry("a pseudo field behind others", pseudoLast),
                Map.entry("an unknown pseudo field", with(":protocol", "websocket")),
                Map.entry("a status", with(":status", "200")),
                Map.entry("no path", without(":path")),
                Map.entry("no method", without(":method")),
                Map.entry("no scheme", without(":scheme")),
                Map.entry("no authority", without(":authority")),
                Map.entry("an empty path", changed(":path", "")),
                Map.entry("a path that is a URL", changed(":path", "http://evil.example" + Attacked.PATH)),
                Map.entry("a path with a fragment", changed(":path", Attacked.PATH + "#x")),
                Map.entry("an authority with a user", changed(":authority", "me@gateway")),
                Map.entry("an authority with a path", changed(":authority", "gateway/x")),
                Map.entry("another host", with("host", "evil.example")),
                Map.entry("capitals in a name", with("X-Upper", "x")),
                Map.entry("a connection field", with("connection", "close")),
                Map.entry("a transfer coding", with("transfer-encoding", "chunked")),
                Map.entry("an upgrade", with("upgrade", "h2c")),
                Map.entry("te other than trailers", with("te", "gzip")),
                Map.entry("a line end in a value", with("x-a", "x\r\nauthorization: x")),
                Map.entry("a zero byte in a value", with("x-a", "x\0y")),
                Map.entry("two tokens", with("authorization", "Bearer x.y.z")),
                Map.entry("two types", with("content-type", "application/json")),
                Map.entry("two lengths", lengths("" + Attacked.BODY.length(), "1")),
                Map.entry("a length that is too small", lengths("1")),
                Map.entry("a length that is too large", lengths("9999")),
                Map.entry("a length that is no number", lengths("+12")),
                Map.entry("a method that is none here", changed(":method", "TRACE")),
                Map.entry("a token in the query", changed(":path", Attacked.PATH + "?access_token=x")));
        return heads.entrySet().stream()
                .map(head -> DynamicTest.dynamicTest("A36 A41 " + head.getKey(), () -> {
                    try (Http2Wire wire = wire()) {
                        wire.request(1, head.getValue(), Optional.of(Attacked.BODY));
                        Http2Wire.End end = wire.end(1);
                        assertThat(end.isRefused()).as(end.toString()).isTrue();
                        assertThat(end.body()).doesNotContain(Attacked.CANARY);
                    }
                    gateway.assertNothingUpstream();
                }));
    }

    private static List<String[]> lengths(String... lengths) {
        List<String[]> fields = sound();
        for (String length : lengths) {
            fields.add(field("content-length", length));
        }
        return fields;
    }

    @Test
    void a41_trailersDecideNothing() throws IOException {
        try (Http2Wire wire = wire()) {
            // given a request without a token, whose trailers have one
            wire.write(Http2Wire.frame(HEADERS, END_HEADERS, 1, wire.block(without("authorization"))));
            wire.write(Http2Wire.frame(DATA, 0, 1, Attacked.BODY.getBytes(StandardCharsets.UTF_8)));
            wire.write(Http2Wire.frame(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    1,
                    wire.block(List.<String[]>of(field("authorization", "Bearer " + gateway.token())))));
            assertThat(wire.end(1).status()).contains(401);
        }
        gateway.assertNothingUpstream();
    }

    @Test
    void a41_aFloodOfContinuationsEndsTheConnection() throws IOException {
        try (Http2Wire wire = wire()) {
            wire.write(Http2Wire.frame(HEADERS, 0, 1, wire.block(sound())));
            byte[] piece = Http2Wire.frame(CONTINUATION, 0, 1, new byte[0]);
            for (int i = 0; i < 20_000; i++) {
                wire.tryWrite(piece);
            }
            assertThat(wire.end(1).goneAway()).isTrue();
        }
        gateway.assertNothingUpstream();
        othersAreServed();
    }

    @Test
    void a41_headersBeyondTheLimitAreRefused() throws IOException {
        try (Http2Wire wire = wire()) {
            List<String[]> many = sound();
            for (int i = 0; i < 64; i++) {
                many.add(field("x-filler-" + i, "x".repeat(1_024)));
            }
            byte[] block = wire.block(many);
            for (int at = 0; at < block.length; at += 16_000) {
                int to = Math.min(block.length, at + 16_000);
                wire.tryWrite(Http2Wire.frame(
                        at == 0 ? HEADERS : CONTINUATION,
                        (to == block.length ? END_HEADERS : 0) | (at == 0 ? END_STREAM : 0),
                        1,
                        java.util.Arrays.copyOfRange(block, at, to)));
            }
            assertThat(wire.end(1).isRefused()).isTrue();
        }
        gateway.assertNothingUpstream();
        othersAreServed();
    }

    @Test
    void a93_streamsThatAreResetAtOnceEndTheConnectionAndTouchNobodyElse() throws IOException {
        try (Http2Wire wire = wire()) {
            List<String[]> head = sound();
            for (int stream = 1; stream < 4_000; stream += 2) {
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(Http2Wire.frame(HEADERS, END_HEADERS, stream, wire.block(head)));
                both.writeBytes(Http2Wire.frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
                wire.tryWrite(both.toByteArray());
            }
            assertThat(wire.end(3_999).goneAway()).isTrue();
        }
        gateway.assertNothingUpstream();
        othersAreServed();
    }

    @Test
    void a93_pingsAreBoundedAndTouchNobodyElse() throws IOException {
        try (Http2Wire wire = wire()) {
            byte[] ping = Http2Wire.frame(PING, 0, 0, new byte[8]);
            for (int i = 0; i < 20_000; i++) {
                wire.tryWrite(ping);
            }
            othersAreServed();
        }
    }

    @Test
    void a74_noMoreStreamsAtATimeThanTheGatewaySays() throws IOException {
        try (Http2Wire wire = wire()) {
            // bodies that never end hold their streams open
            List<String[]> head = sound();
            for (int stream = 1; stream <= 2 * 300; stream += 2) {
                wire.tryWrite(Http2Wire.frame(HEADERS, END_HEADERS, stream, wire.block(head)));
            }
            assertThat(wire.end(2 * 300 - 1).isRefused()).isTrue();
        }
        gateway.assertNothingUpstream();
        othersAreServed();
    }

    @Test
    void a43_noUpgradeToHttpTwoIsMadeAndTheReservedMethodServesNothing() {
        RawAnswer passedOver = gateway.raw(gateway.post(
                                "Connection: Upgrade, HTTP2-Settings",
                                "Upgrade: h2c",
                                "HTTP2-Settings: AAMAAABkAAQAAP__",
                                "Content-Length: " + Attacked.BODY.length())
                        + "\r\n" + Attacked.BODY)
                .getFirst();
        assertThat(passedOver.status()).isEqualTo(200);
        gateway.world().model().forget();

        for (String other : List.of("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", "PRI /x HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(gateway.raw().sendUntilClosed(other)).isEmpty();
        }
        gateway.assertNothingUpstream();
    }
}
