package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of every size and encoding, and JSON that two readers could take differently. */
final class BodyAttacksIT {
    private static final int LIMIT = 2_000;
    private static final String VALUE = "\"" + Attacked.CANARY + "\"";
    private static Attacked gateway;

    @BeforeAll
    static void start() {
        gateway =
                Attacked.start((issuer, model) -> Policies.churn(issuer, model).request(LIMIT, Optional.empty()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void calm() {
        gateway.calm();
    }

    private static HttpResponse<String> post(String verb, byte[] body, String... headers) {
        var call = gateway.world().analystPosts(GatewayWorld.endpointPath(verb), "");
        for (int i = 0; i < headers.length; i += 2) {
            call.setHeader(headers[i], headers[i + 1]);
        }
        return gateway.send(call.POST(BodyPublishers.ofByteArray(body)));
    }

    /** Google's error shape, the same code on record, nothing upstream, nothing echoed; the caller itself was permitted. */
    private static void refused(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        Attacked.assertGoogleError(status, response.body());
        assertThat(response.body()).doesNotContain(Attacked.CANARY);
        String code =
                Attacked.json(response.body()).at("/error/details/0/reason").asText();
        String id = response.headers().firstValue("x-request-id").orElseThrow();
        assertThat(gateway.world().gateway().audit(id).path("code").asText()).isEqualTo(code);
        gateway.assertNothingUpstream();
    }

    private static void refused(RawAnswer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        Attacked.assertGoogleError(status, answer.body());
        gateway.assertNothingUpstream();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ofLength(int length) {
        String head = "{\"instances\":[\"";
        String tail = "\"]}";
        return bytes(head + "x".repeat(length - head.length() - tail.length()) + tail);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "rawPredict", "streamRawPredict", "serverStreamingPredict"})
    @DisplayName("A53 one byte below the limit, at it, and one beyond, by every method")
    void a53_limits(String verb) {
        for (int length : List.of(LIMIT - 1, LIMIT)) {
            gateway.calm();
            assertThat(post(verb, ofLength(length)).statusCode()).isEqualTo(200);
            assertThat(gateway.world().model().onlyRequest().content().array()).isEqualTo(ofLength(length));
        }
        gateway.calm();
        refused(post(verb, ofLength(LIMIT + 1)), 413);

        // and what is compressed counts as what it becomes
        assertThat(post(verb, gzip(ofLength(LIMIT)), "Content-Encoding", "gzip").statusCode())
                .isEqualTo(200);
        gateway.calm();
        refused(post(verb, gzip(ofLength(LIMIT + 1)), "Content-Encoding", "gzip"), 413);
    }

    @Test
    @DisplayName("A53 chunks without a length are counted as they come")
    void a53_chunks() {
        String chunk = "100\r\n" + "x".repeat(256) + "\r\n";
        RawAnswer beyond = gateway.raw(
                        gateway.post("Transfer-Encoding: chunked") + "\r\n" + chunk.repeat(20) + "0\r\n\r\n")
                .getFirst();
        refused(beyond, 413);

        byte[] sound = ofLength(512);
        String whole = "200\r\n" + new String(sound, StandardCharsets.US_ASCII) + "\r\n0\r\n\r\n";
        assertThat(gateway.raw(gateway.post("Transfer-Encoding: chunked") + "\r\n" + whole)
                        .getFirst()
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("A53 a length that lies moves nothing into another request")
    void a53_lying_lengths() {
        // shorter than what comes: the rest is no request
        List<RawAnswer> answers = gateway.raw(gateway.post("Content-Length: 20") + "\r\n" + Attacked.BODY);
        assertThat(answers).hasSizeLessThanOrEqualTo(2).allMatch(answer -> answer.status() == 400);
        // beyond the limit: refused before a byte of it came
        refused(gateway.raw(gateway.post("Content-Length: 2001") + "\r\n").getFirst(), 413);
        refused(
                gateway.raw(gateway.post("Content-Length: 99999999999999999") + "\r\n")
                        .getFirst(),
                413);
    }

    @Test
    @DisplayName("A54 a bomb never grows beyond the limit")
    void a54_bombs() {
        byte[] bomb = gzip(new byte[1 << 20]);
        assertThat(bomb.length).isLessThan(LIMIT);
        refused(post("predict", bomb, "Content-Encoding", "gzip"), 413);
        // one within another is no JSON
        refused(post("predict", gzip(gzip(ofLength(900))), "Content-Encoding", "gzip"), 400);
        // several members one after the other are one content, and count together
        byte[] one = gzip(new byte[1_500]);
        byte[] two = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, two, one.length, one.length);
        refused(post("predict", two, "Content-Encoding", "gzip"), 413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "br",
                "deflate",
                "zstd",
                "compress",
                "x-gzip",
                "gzip, gzip",
                "identity, gzip",
                "gzip;q=1",
                "*",
                "GZIP2"
            })
    @DisplayName("A54 other encodings are refused by name")
    void a54_encodings(String encoding) {
        refused(post("predict", gzip(ofLength(100)), "Content-Encoding", encoding), 415);
    }

    @Test
    @DisplayName("A54 what says gzip and is none")
    void a54_broken_gzip() {
        byte[] sound = gzip(ofLength(500));
        byte[] wrongSum = sound.clone();
        wrongSum[wrongSum.length - 6] ^= 1;
        for (byte[] broken : List.of(ofLength(100), Arrays.copyOf(sound, sound.length / 2), wrongSum, new byte[0])) {
            refused(post("predict", broken, "Content-Encoding", "gzip"), 400);
        }
    }

    @TestFactory
    Stream<DynamicTest> a56_jsonThatTwoReadersTakeDifferently() {
        String body = "{\"instances\":[" + VALUE + "]}";
        Map<String, byte[]> bodies = Map.ofEntries(
                Map.entry("a byte order mark", bytes("\uFEFF" + body)),
                Map.entry("UTF-16LE", body.getBytes(StandardCharsets.UTF_16LE)),
                Map.entry("UTF-16BE", body.getBytes(StandardCharsets.UTF_16BE)),
                Map.entry("UTF-16 with its mark", body.getBytes(StandardCharsets.UTF_16)),
                Map.entry("UTF-32", body.getBytes(Charset.forName("UTF-32"))),
                Map.entry("Latin-1", "{\"instances\":[\"\u00e9\"]}".getBytes(StandardCharsets.ISO_8859_1)),
                Map.entry("an overlong name", latin("{\"\u00c1\u00a9nstances\":[" + VALUE + "]}")),
                Map.entry("an overlong slash", latin("{\"instances\":[\"\u00c0\u00af\"]}")),
                Map.entry("an encoded surrogate", latin("{\"instances\":[\"\u00ed\u00a0\u0080\"]}")),
                Map.entry("a byte of no character", latin("{\"instances\":[\"\u00ff\"]}")),
                Map.entry("a cut character", latin("{\"instances\":[\"\u00e2\u0082\"]}")),
                Map.entry("a code point beyond the last", latin("{\"instances\":[\"\u00f4\u0090\u0080\u0080\"]}")),
                Map.entry("a name twice", bytes("{\"instances\":[1],\"instances\":[2]}")),
                Map.entry("a name twice, once by escapes", bytes("{\"instances\":[1],\"\\u0069nstances\":[2]}")),
                Map.entry("an inner name twice", bytes("{\"instances\":[{\"a\":1,\"\\u0061\":2}]}")),
                Map.entry("arrays nested deeply", bytes("{\"instances\":" + "[".repeat(900) + "]".repeat(900) + "}")),
                Map.entry("objects nested deeply", bytes("{\"a\":".repeat(300) + "1" + "}".repeat(300))),
                Map.entry("NaN", bytes("{\"instances\":[NaN]}")),
                Map.entry("Infinity", bytes("{\"instances\":[-Infinity]}")),
                Map.entry("a number of a thousand digits", bytes("{\"instances\":[1" + "0".repeat(1_000) + "]}")),
                Map.entry("a leading zero", bytes("{\"instances\":[01]}")),
                Map.entry("a plus sign", bytes("{\"instances\":[+1]}")),
                Map.entry("a number without its digits", bytes("{\"instances\":[.5]}")),
                Map.entry("a hexadecimal number", bytes("{\"instances\":[0x10]}")),
                Map.entry("a trailing comma", bytes("{\"instances\":[1],}")),
                Map.entry("a comment", bytes("{\"instances\":[1]/* x */}")),
                Map.entry("single quotes", bytes("{'instances':[1]}")),
                Map.entry("a name without quotes", bytes("{instances:[1]}")),
                Map.entry("a line end in a string", bytes("{\"instances\":[\"a\nb\"]}")),
                Map.entry("an escape that is none", bytes("{\"instances\":[\"\\x41\"]}")),
                Map.entry("half an escape", bytes("{\"instances\":[\"\\u00\"]}")),
                Map.entry("two values", bytes(body + body)),
                Map.entry("something behind it", bytes(body + "]")),
                Map.entry("a zero byte behind it", bytes(body + "\0")),
                Map.entry("no end", bytes(body.substring(0, body.length() - 1))),
                Map.entry("nothing", new byte[0]),
                Map.entry("blanks", bytes("  \n")),
                Map.entry("an array", bytes("[" + VALUE + "]")),
                Map.entry("a string", bytes(VALUE)),
                Map.entry("null", bytes("null")));
        return bodies.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest("A56 " + each.getKey(), () -> {
                    gateway.calm();
                    refused(post("predict", each.getValue()), 400);
                }));
    }

    /** Each character one byte. */
    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("A56 what is merely unusual goes on byte for byte")
    void a56_unusual_bodies() {
        for (String body : List.of(
                "{\"instances\":[-0,-0.0,1E+2,1.10,9007199254740993,1e400]}",
                " {\t\"\\u0069nstances\" :\r\n [ \"\\/\\u0000\\ud83d\\ude00\" ] } ",
                "{\"instances\":[\"\u00e9\ud83d\ude00\",{\"\":null}],\"INSTANCES\":0}")) {
            gateway.calm();
            HttpResponse<String> served = post("predict", bytes(body));
            assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
            assertThat(gateway.world().model().onlyRequest().contentUtf8()).isEqualTo(body);
        }
    }

    @Test
    @DisplayName("A61 a body that asks for a stream gets none by a call that answers whole")
    void a61_streams_by_another_path() {
        for (String body : List.of("{\"stream\":true}", "{\"messages\":[],\"\\u0073tream\" : true}")) {
            refused(post("rawPredict", bytes(body)), 400);
        }
        assertThat(post("rawPredict", bytes("{\"stream\":false,\"inner\":{\"stream\":true}}"))
                        .statusCode())
                .isEqualTo(200);
    }
}
