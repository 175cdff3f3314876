package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.RawConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two parsers could read differently, each with a good token: refused, and nothing goes upstream. */
final class FramingIT {
    private static final String BODY = "{\"instances\":[1]}";
    private static final String LENGTH = "Content-Length: 17\r\n";
    private static final String CHUNKS = "11\r\n" + BODY + "\r\n0\r\n\r\n";
    private static final String LAST = "Connection: close\r\n";
    private static GatewayWorld world;

    @BeforeAll
    static void start() {
        world = GatewayWorld.start(GatewayWorld.newFolder(), Policies::churn);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.model().forget();
    }

    private static String head(String more) {
        return "POST " + GatewayWorld.endpointPath("predict") + " HTTP/1.1\r\n"
                + "Host: gateway\r\n"
                + "Content-Type: application/json\r\n"
                + "Authorization: Bearer " + world.issuer().token("analyst@example.com", Policies.AUDIENCE) + "\r\n"
                + more + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 17\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 17\r\nContent-Length: 17\r\n",
                "Content-Length: 17\r\nContent-Length: 5\r\n",
                "Content-Length: +17\r\n",
                "Content-Length: 17, 17\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "X-A: b\r\n c\r\nContent-Length: 17\r\n",
                "X-A: b\r\n\tc\r\nContent-Length: 17\r\n",
                "X-A: b\nX-C: d\r\nContent-Length: 17\r\n",
                "X-A: b\rX-C: d\r\nContent-Length: 17\r\n",
                "X-A: b\u0000\r\nContent-Length: 17\r\n",
            })
    void anAmbiguousHeadIsRefused(String headers) {
        // when it is sent
        String answer = RawConnection.send(world.gateway(), head(headers + LAST) + BODY);

        // then nothing but a 400 comes back, in Google's shape
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("INVALID_ARGUMENT");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(world.model().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "0x11\r\n" + BODY, "11;" + BODY + "\n"})
    void malformedChunksAreRefused(String chunks) {
        // when they are sent
        String answer =
                RawConnection.send(world.gateway(), head("Transfer-Encoding: chunked\r\n") + chunks + "\r\n\r\n");

        // then the caller is told, and the connection ends
        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("[still open]");
        assertThat(world.model().requests()).isEmpty();
    }

    @Test
    void aSecondRequestIsLookedAtAsCloselyAsTheFirst() {
        // given a good request with a folded one right behind it, after chunks
        String folded = head("X-A: b\r\n c\r\n" + LENGTH) + BODY;

        // when both come in one go
        String answer = RawConnection.send(world.gateway(), head("Transfer-Encoding: chunked\r\n") + CHUNKS + folded);

        // then only the first is served
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 400 ");
        assertThat(world.model().requests()).hasSize(1);
    }

    @Test
    void chunksAndKeptConnectionsServe() {
        // when two good requests come in one go
        String answer = RawConnection.send(
                world.gateway(), head("Transfer-Encoding: chunked\r\n") + CHUNKS + head(LENGTH + LAST) + BODY);

        // then both are served
        assertThat(answer.split("HTTP/1.1 200 ", -1)).hasSize(3);
        assertThat(world.model().requests())
                .hasSize(2)
                .allMatch(request -> request.contentUtf8().equals(BODY));
    }

    @Test
    void aTokenIsAskedForBeforeAnythingIsSaidOfAPath() {
        // when somebody without a token asks for a path of nobody
        String answer = RawConnection.send(world.gateway(), "GET /healthz HTTP/1.1\r\nHost: a\r\n" + LAST + "\r\n");

        // then it is the token that is missing
        assertThat(answer)
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("www-authenticate: Bearer\r\n")
                .contains("application/problem+json");
    }
}
