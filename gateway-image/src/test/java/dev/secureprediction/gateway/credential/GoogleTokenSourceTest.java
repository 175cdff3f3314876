package dev.secureprediction.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import dev.secureprediction.gateway.tokens.TestTime;
import dev.secureprediction.policy.model.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a metadata server is asked, and what of its answers is believed; CloudIT shows the exchange against the cloud. */
final class GoogleTokenSourceTest {
    private static final List<AggregatedHttpRequest> ASKED = new CopyOnWriteArrayList<>();
    private static volatile HttpResponse answer = HttpResponse.of(500);
    private static final Server SERVER = Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .serviceUnder(
                    "/",
                    (context, request) -> HttpResponse.of(request.aggregate().thenApply(whole -> {
                        ASKED.add(whole);
                        return answer;
                    })))
            .build();

    private final TestTime time = new TestTime();

    @BeforeAll
    static void start() {
        SERVER.start().join();
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
    }

    @AfterAll
    static void stop() {
        SERVER.stop().join();
    }

    private GoogleTokenSource metadata() {
        return GoogleTokenSource.of(
                new Credential.Metadata(), Optional.empty(), "127.0.0.1:" + SERVER.activeLocalPort(), time);
    }

    private static HttpResponse says(String json) {
        return HttpResponse.builder()
                .ok()
                .header("Metadata-Flavor", "Google")
                .content(MediaType.JSON, json)
                .build();
    }

    @Test
    void aTokenComesFromTheMetadataServerInItsOwnWay() throws Exception {
        GoogleTokenSource source = metadata();
        answer = says("{\"access_token\":\"ya29.a\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");

        AccessToken token = source.mint();

        assertThat(token.authorization()).isEqualTo("Bearer ya29.a");
        assertThat(token.expiresAt()).isEqualTo(time.instant().plusSeconds(3_599));
        assertThat(ASKED).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/computeMetadata/v1/instance/service-accounts/default/token");
            assertThat(request.headers().get("metadata-flavor")).isEqualTo("Google");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "<html>",
                "{\"access_token\":\"secret\"}",
                "{\"access_token\":\"secret\",\"expires_in\":0}",
                "{\"access_token\":\"secret\",\"expires_in\":\"3599\"}",
                "{\"access_token\":\"secret\",\"expires_in\":1e99}",
                "{\"access_token\":\"\",\"expires_in\":3599}",
                "{\"access_token\":{\"secret\":1},\"expires_in\":3599}",
            })
    void whatIsNoTokenIsNoneAndIsNotRepeated(String json) {
        GoogleTokenSource source = metadata();
        answer = says(json);

        assertThatThrownBy(source::mint)
                .isInstanceOf(IOException.class)
                .satisfies(failure ->
                        assertThat(failure).hasMessageNotContaining("secret").hasNoCause());
    }

    @Test
    void whoDoesNotSayThatItIsAMetadataServerIsNotBelieved() {
        GoogleTokenSource source = metadata();
        answer = HttpResponse.of(MediaType.JSON, "{\"access_token\":\"ya29.a\",\"expires_in\":3599}");

        assertThatThrownBy(source::mint).isInstanceOf(IOException.class).hasMessage("not a metadata server");
    }

    @Test
    void noRedirectIsFollowed() {
        GoogleTokenSource source = metadata();
        answer = HttpResponse.ofRedirect(HttpStatus.TEMPORARY_REDIRECT, "/elsewhere");

        assertThatThrownBy(source::mint).isInstanceOf(IOException.class).hasMessage("status 307");
        assertThat(ASKED).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://sts.example/v1/token", "https://user@sts.example/v1/token", "sts.example"})
    void aPodsTokenGoesNowhereButToAnHttpsUrl(String url) {
        assertThatThrownBy(() -> GoogleTokenSource.of(
                        new Credential.Federation("//iam.googleapis.com/p", url, "https://iam.example/a"),
                        Optional.of(Path.of("token")),
                        "metadata",
                        time))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
