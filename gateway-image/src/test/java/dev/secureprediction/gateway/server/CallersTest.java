package dev.secureprediction.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.pipeline.RequestHead;
import dev.secureprediction.gateway.pipeline.RequestHead.Header;
import dev.secureprediction.gateway.pipeline.RequestHead.Protocol;
import dev.secureprediction.gateway.tokens.WrongSignatures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a call comes from, and who may say so. */
final class CallersTest {
    private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8::/32");
    private final Callers callers = new Callers(WrongSignatures.allowing(1, 1, System::nanoTime));

    private static RequestHead head(String... headers) {
        List<Header> all = new java.util.ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(new Header(headers[i], headers[i + 1]));
        }
        return RequestHead.of(Protocol.HTTP_1_1, "POST", "/", all);
    }

    @Test
    void nobodyIsBelievedUnlessListed() throws Exception {
        RequestHead claims = head("X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.1");

        assertThat(callers.address("203.0.113.5", claims, List.of())).isEqualTo("203.0.113.5");
        assertThat(callers.address("203.0.113.5", claims, PROXIES)).isEqualTo("203.0.113.5");
    }

    @Test
    void whatAProxyAddedLastCounts() throws Exception {
        // the caller wrote the first two itself
        RequestHead spoofed =
                head("X-Forwarded-For", "1.1.1.1, 8.8.8.8", "X-Forwarded-For", "192.0.2.1:4711, 10.3.0.9");

        assertThat(callers.address("10.0.0.1", spoofed, PROXIES)).isEqualTo("192.0.2.1");
        assertThat(callers.address(
                        "2001:db8::1",
                        head("Forwarded", "for=1.1.1.1, for=\"[2001:4860::7]:443\";proto=https"),
                        PROXIES))
                .isEqualTo("2001:4860::7");
    }

    @Test
    void whatIsNoAddressEndsTheSearch() throws Exception {
        assertThat(callers.address("10.0.0.1", head("X-Forwarded-For", "192.0.2.1, unknown"), PROXIES))
                .isEqualTo("10.0.0.1");
        assertThat(callers.address("10.0.0.1", head("Forwarded", "proto=https"), PROXIES))
                .isEqualTo("10.0.0.1");
        assertThat(callers.address("10.0.0.1", head(), PROXIES)).isEqualTo("10.0.0.1");
    }

    @Test
    void twoStoriesAreRefused() throws Exception {
        assertThat(callers.address(
                        "10.0.0.1", head("X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.1"), PROXIES))
                .isEqualTo("192.0.2.1");
        assertThatThrownBy(() -> callers.address(
                        "10.0.0.1", head("X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.2"), PROXIES))
                .isInstanceOf(RefusedException.class);
    }
}
