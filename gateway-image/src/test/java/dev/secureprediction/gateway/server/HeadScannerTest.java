package dev.secureprediction.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.server.HeadScanner.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadScannerTest {
    private static final String LINE = "POST /v1/x:predict HTTP/1.1\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINE + "\r\n",
                LINE + "Host: a\r\nX-Empty:\r\nX-Tab:\ta\tb \r\nX-Bytes: \u00e9\u00ff\r\n\r\n",
                "\r\n\r\n" + LINE + "Host: a\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\n!#$%&'*+-.^_`|~09azAZ: x\r\n\r\n"
            })
    void a_sound_head_ends_where_it_ends(String head) {
        assertThat(verdict(head.substring(0, head.length() - 1))).isEqualTo(Verdict.MORE);
        assertThat(verdict(head)).isEqualTo(Verdict.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST  /v1 HTTP/1.1\r\n",
                " POST /v1 HTTP/1.1\r\n",
                "POST\t/v1 HTTP/1.1\r\n",
                "POST /v1 HTTP/1.1 \r\n",
                "POST /v1 HTTP/1.2\r\n",
                "POST /v1 HTTP/2.0\r\n",
                "POST /v1 http/1.1\r\n",
                "POST /v1\r\n",
                "POST\r\n",
                "\0POST /v1 HTTP/1.1\r\n",
                "POST /v1 HTTP/1.1\n",
                "\n",
                LINE + " X: folded\r\n",
                LINE + "A: b\r\n\tfolded\r\n",
                LINE + "X : y\r\n",
                LINE + ": y\r\n",
                LINE + "X\r\n",
                LINE + "X(: y\r\n",
                LINE + "X\u00e9: y\r\n",
                LINE + "X: a\nb\r\n",
                LINE + "X: a\rb\r\n",
                LINE + "X: a\u0000b\r\n",
                LINE + "X: a\u007fb\r\n",
                LINE + "\n",
                LINE + "\r\r\n"
            })
    void a_head_that_could_be_read_differently_is_bad(String head) {
        assertThat(verdict(head)).isEqualTo(Verdict.BAD);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.2,true", "HTTP/2.0,true", "HTTP/1.x,false", "http/1.2,false", "HTTP/1.10,false"})
    void aVersionThatIsNotServedIsToldFromALineThatIsNoRequest(String version, boolean other) {
        HeadScanner scanner = new HeadScanner();
        for (byte b : ("POST /v1 " + version + "\r\n").getBytes(StandardCharsets.ISO_8859_1)) {
            scanner.next(b);
        }
        assertThat(scanner.wantsOtherVersion()).isEqualTo(other);
    }

    /** What was said last, or first of what is not MORE. */
    private static Verdict verdict(String head) {
        HeadScanner scanner = new HeadScanner();
        for (byte b : head.getBytes(StandardCharsets.ISO_8859_1)) {
            Verdict verdict = scanner.next(b);
            if (verdict != Verdict.MORE) {
                return verdict;
            }
        }
        return Verdict.MORE;
    }
}
