package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two parsers could read as different ones (RFC 9112, sections 2.2, 5, 6 and 11.2). */
final class FramingAttacksIT {
    private static final Set<Integer> REFUSED = Set.of(400, 411, 413, 414, 431, 501, 505);
    private static final String CHUNKED_BODY =
            Integer.toHexString(Attacked.BODY.length()) + "\r\n" + Attacked.BODY + "\r\n0\r\n\r\n";
    private static final String LENGTH = "Content-Length: " + Attacked.BODY.length();

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

    /** One answer, a refusal, and the connection ends: what stood behind is never read as a request of its own. */
    private static void assertRefusedOnce(String request) {
        List<RawAnswer> answers = gateway.raw(request);

        assertThat(answers)
                .as(request.replaceAll("Bearer [^\r\n]+", "Bearer …").replace("\r", "\\r"))
                .hasSize(1);
        gateway.assertRefused(answers.getFirst(), REFUSED);
    }

    /** A second request, which must never be read as one. */
    private static String smuggled() {
        return gateway.post(LENGTH) + "\r\n" + Attacked.BODY;
    }

    @Test
    @DisplayName("A41 sound requests pass: what follows fails for its framing alone")
    void a41_sound_requests_pass() {
        assertThat(gateway.raw(gateway.post(LENGTH) + "\r\n" + Attacked.BODY))
                .extracting(RawAnswer::status)
                .containsExactly(200);
        gateway.calm();
        assertThat(gateway.raw(gateway.post("Transfer-Encoding: chunked") + "\r\n" + CHUNKED_BODY))
                .extracting(RawAnswer::status)
                .containsExactly(200);
        assertThat(gateway.world().model().onlyRequest().contentUtf8()).isEqualTo(Attacked.BODY);
    }

    @ParameterizedTest(name = "A41 {0}")
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding: chunked,",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: chunked\u0000",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                " Transfer-Encoding: chunked",
                "X: y\r\n Transfer-Encoding: chunked",
                "X: y\rTransfer-Encoding: chunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer_Encoding: chunked\r\nContent-Length: 5\r\nContent-Length: 6",
                "Transfer-Encoding: \u00a0chunked"
            })
    @DisplayName("A41 transfer codings that are repeated, disguised or beside a length")
    void a41_transfer_encoding(String fields) {
        assertRefusedOnce(gateway.post(fields) + "\r\n" + CHUNKED_BODY + smuggled());
    }

    @ParameterizedTest(name = "A41 {0}")
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\ncontent-length: 5",
                "Content-Length: 5, 5",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5.0",
                "Content-Length: 5 6",
                "Content-Length: \"5\"",
                "Content-Length: five",
                "Content-Length:",
                "Content-Length: 5;",
                "Content-Length: 18446744073709551621",
                "Content-Length: 99999999999999999999999",
                "Content-Length: \u00b2",
                "Content-Length : 5",
                "Content-Length\u0000: 5"
            })
    @DisplayName("A41 lengths that are repeated or no number")
    void a41_content_length(String fields) {
        assertRefusedOnce(gateway.post(fields) + "\r\n" + Attacked.BODY + smuggled());
    }

    @Test
    @DisplayName("A41 chunks under HTTP/1.0, and no host under HTTP/1.1")
    void a41_versions() {
        assertRefusedOnce(gateway.request("POST " + Attacked.PATH + " HTTP/1.0", "Transfer-Encoding: chunked") + "\r\n"
                + CHUNKED_BODY + smuggled());
        assertRefusedOnce(gateway.post(LENGTH).replace("Host: gateway\r\n", "") + "\r\n" + Attacked.BODY + smuggled());
        for (String version : List.of("http/1.1", "HTTP/1.1.1", "HTTX/1.1", "HTTP/1", "HTTP/")) {
            assertRefusedOnce(
                    gateway.request("POST " + Attacked.PATH + " " + version, LENGTH) + "\r\n" + Attacked.BODY);
        }
    }

    @ParameterizedTest(name = "A41 {0}")
    @ValueSource(strings = {"HTTP/1.2", "HTTP/1.9", "HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/9.9"})
    @DisplayName("A41 versions that are not served are told so")
    void a41_other_versions(String version) {
        List<RawAnswer> answers = gateway.raw(
                gateway.request("POST " + Attacked.PATH + " " + version, LENGTH) + "\r\n" + Attacked.BODY + smuggled());

        assertThat(answers).hasSize(1);
        gateway.assertRefused(answers.getFirst(), Set.of(505), "HTTP_VERSION_REFUSED");
    }

    @Test
    @DisplayName("A41 a zero byte before, in and behind the line and the fields")
    void a41_zero_bytes() {
        String sound = gateway.post(LENGTH) + "\r\n" + Attacked.BODY;
        assertRefusedOnce("\0" + sound);
        assertRefusedOnce("\r\n\0\r\n" + sound);
        assertRefusedOnce(sound.replaceFirst("POST", "PO\0ST"));
        assertRefusedOnce(sound.replaceFirst(":predict", ":predict\0"));
        assertRefusedOnce(sound.replaceFirst("HTTP/1.1", "HTTP/1.1\0"));
        assertRefusedOnce(sound.replaceFirst("Host: gateway", "Host: gate\0way"));
        assertRefusedOnce(sound.replaceFirst("Host:", "Ho\0st:"));
        assertRefusedOnce(sound.replaceFirst("Authorization: Bearer ", "Authorization: Bearer \0"));
    }

    @Test
    @DisplayName("A41 lines that end with LF or CR alone")
    void a41_bare_line_ends() {
        String sound = gateway.post(LENGTH) + "\r\n";
        assertRefusedOnce(sound.replace("\r\n", "\n") + Attacked.BODY + smuggled());
        assertRefusedOnce(sound.replaceFirst("HTTP/1.1\r\n", "HTTP/1.1\n") + Attacked.BODY + smuggled());
        assertRefusedOnce(sound.replaceFirst("gateway\r\n", "gateway\n") + Attacked.BODY + smuggled());
        assertRefusedOnce(
                gateway.post(LENGTH, "X: a\nTransfer-Encoding: chunked") + "\r\n" + CHUNKED_BODY + smuggled());
        assertRefusedOnce(gateway.post(LENGTH) + "\n" + Attacked.BODY + smuggled());
        assertRefusedOnce(gateway.post(LENGTH, "X: a\rY: b") + "\r\n" + Attacked.BODY + smuggled());
        assertRefusedOnce(gateway.post(LENGTH, "X: a\r\r") + "\r\n" + Attacked.BODY + smuggled());
    }

    @Test
    @DisplayName("A41 folded and shapeless fields")
    void a41_folded_fields() {
        for (String field : List.of(
                "X: a\r\n b",
                "X: a\r\n\tb",
                "X: a\r\n ",
                " X: a",
                "\tX: a",
                "X : a",
                "X",
                ": a",
                "X\u007f: a",
                "X(: a",
                "X y: a",
                "X: a\u0001b",
                "X: a\u007fb")) {
            assertRefusedOnce(gateway.post(field, LENGTH) + "\r\n" + Attacked.BODY + smuggled());
        }
    }

    @ParameterizedTest(name = "A41 {0}")
    @ValueSource(
            strings = {
                "-1\r\n",
                "+5\r\n",
                "0x5\r\n",
                "g\r\n",
                "\r\n",
                " 5\r\n",
                "5 \r\n",
                "5;a\nb\r\n",
                "5;a=\"\r\n",
                "fffffffffffffffff\r\n",
                "80000000\r\n",
                "5\n",
                "5\r",
                "5\r\nabcdeX\r\n",
                "5\r\nabcde\n",
                "0\r\nX: y\r\n Z: a\r\n",
                "0\r\nContent-Length: 5\nX\r\n\r\n"
            })
    @DisplayName("A41 chunks that are no chunks")
    void a41_chunks(String chunk) {
        List<RawAnswer> answers =
                gateway.raw(gateway.post("Transfer-Encoding: chunked") + "\r\n" + chunk + "0\r\n\r\n" + smuggled());

        // whatever is answered, the model sees nothing, and what stood behind is no request
        assertThat(answers).extracting(RawAnswer::status).doesNotContain(200);
        assertThat(answers).hasSizeLessThanOrEqualTo(1);
        gateway.assertNothingUpstream();
    }

    @ParameterizedTest(name = "A41 {0}")
    @ValueSource(
            strings = {
                "POST  /v1 HTTP/1.1",
                "POST\t/v1\tHTTP/1.1",
                " POST /v1 HTTP/1.1",
                "POST /v1  HTTP/1.1",
                "POST /v1 x HTTP/1.1",
                "POST /v1",
                "POST",
                "POST HTTP/1.1",
                "POST /v1 HTTP/1.1 x",
                "PO(ST /v1 HTTP/1.1",
                "\u0001\u0002\u0003",
                "POST /v1\u000bx HTTP/1.1"
            })
    @DisplayName("A41 request lines that are none")
    void a41_request_lines(String line) {
        List<RawAnswer> answers = gateway.raw(
                gateway.request(line.replace("/v1", Attacked.PATH), LENGTH) + "\r\n" + Attacked.BODY + smuggled());

        assertThat(answers).extracting(RawAnswer::status).doesNotContain(200);
        assertThat(answers).hasSizeLessThanOrEqualTo(1);
        gateway.assertNothingUpstream();
    }

    @Test
    @DisplayName("A41 two requests in one write are two, each with its own answer")
    void a41_pipelining_stays_in_order() {
        String refused = gateway.post("Content-Length: 2").replace(":predict", ":nothing") + "\r\n{}";

        List<RawAnswer> answers = gateway.raw()
                .sendUntilClosed(refused + gateway.post(LENGTH, "Connection: close") + "\r\n" + Attacked.BODY);

        assertThat(answers).extracting(RawAnswer::status).containsExactly(404, 200);
        assertThat(gateway.world().model().onlyRequest().contentUtf8()).isEqualTo(Attacked.BODY);
    }
}
