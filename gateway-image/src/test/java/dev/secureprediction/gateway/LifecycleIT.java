package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.secureprediction.gateway.support.GatewayProcess;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.RawConnection;
import dev.secureprediction.policy.codec.RevocationsCodec;
import dev.secureprediction.policy.model.Revocations;
import dev.secureprediction.sandbox.issuer.IssuerFault;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens to a running gateway: files change, its surroundings fail, it is asked to end. */
@Execution(ExecutionMode.CONCURRENT)
final class LifecycleIT {
    private static final String BODY = "{\"instances\":[1]}";
    private static final Duration SOON = Duration.ofSeconds(30);
    private GatewayWorld world;

    @BeforeEach
    void start() {
        world = GatewayWorld.start(GatewayWorld.newFolder(), Policies::churn, Map.of("SPE_DRAIN_SECONDS", "10"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private int predict() {
        return world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY))
                .statusCode();
    }

    @Test
    void a98_aBadPolicyIsRefusedAndTheOneBeforeServesOn() throws Exception {
        String before = world.gateway().policy().path("policyDigest").asText();

        // when a policy arrives that cannot be read
        Policies.replace(
                world.policyDirectory().resolve("policy.json"),
                "{\"formatVersion\":1}".getBytes(StandardCharsets.UTF_8));

        // then the admin port says so, and what was in force serves on
        Awaitility.await()
                .atMost(SOON)
                .until(() -> world.gateway().policy().path("lastRefusal").isObject());
        assertThat(world.gateway().policy().path("policyDigest").asText()).isEqualTo(before);
        assertThat(world.gateway().policy().path("lastRefusal").path("reason").asText())
                .startsWith("policy.json: ");
        assertThat(predict()).isEqualTo(200);

        // and a good one comes into force and clears it
        world.reload((issuer, model) -> Policies.churn(issuer, model).timeouts(1_000, 9_000, 9_000, 50_000));
        assertThat(world.gateway().policy().path("lastRefusal").isNull()).isTrue();
        assertThat(predict()).isEqualTo(200);
    }

    @Test
    void aPolicyThatTakesTheRoleAwayCountsForTokensAlreadySeen() {
        // given a token that was let through
        String token = world.issuer().token("analyst@example.com", Policies.AUDIENCE);
        var call = world.postsWith(token, GatewayWorld.endpointPath("predict"), BODY);
        assertThat(world.send(call).statusCode()).isEqualTo(200);

        // when the policy no longer has its role
        world.reload((issuer, model) -> Policies.churn(issuer, model)
                .roles(Policies.churn(issuer, model).bundle().roles().get(1)));

        // then it is refused
        assertThat(world.send(call).statusCode()).isEqualTo(403);
    }

    @Test
    void aRevokedCallerIsRefusedAlsoWithATokenAlreadySeen() throws Exception {
        // given a token that was let through
        String token = world.issuer().token("analyst@example.com", Policies.AUDIENCE);
        var call = world.postsWith(token, GatewayWorld.endpointPath("predict"), BODY);
        assertThat(world.send(call).statusCode()).isEqualTo(200);

        // when its subject is revoked
        Policies.replace(
                world.policyDirectory().resolve("revocations.json"),
                RevocationsCodec.write(
                        new Revocations(List.of(new Revocations.Subject("okta", "analyst@example.com")), List.of())));

        // then it is refused within seconds
        Awaitility.await().atMost(SOON).until(() -> world.send(call).statusCode() == 401);
        assertThat(world.send(call).body()).contains("TOKEN_REVOKED");
    }

    @Test
    void keysRotateAndAnIssuerThatIsDownIsNotMissed() {
        // when the issuer signs with a new key
        world.issuer().rotate();
        // then its tokens are taken without a restart
        assertThat(predict()).isEqualTo(200);

        // when the issuer is down, its last keys serve on
        world.issuer().fault(new IssuerFault.Status(500));
        assertThat(predict()).isEqualTo(200);
    }

    @Test
    void whileMetadataIsDownTheCachedTokenServesAndIsNeverLogged() {
        // given a gateway that has its token
        assertThat(predict()).isEqualTo(200);
        world.metadata().down(true);

        // when the metadata server is down, calls go on
        assertThat(predict()).isEqualTo(200);
        assertThat(world.gateway().output()).doesNotContain(world.metadata().token());
    }

    @Test
    void aRunningStreamEndsWellWhenTheGatewayIsAskedToEnd() throws Exception {
        // given a running stream
        BlockingQueue<HttpResponseWriter> writers = new LinkedBlockingQueue<>();
        world.model().behave((context, request) -> {
            HttpResponseWriter writer = HttpResponse.streaming();
            writer.write(ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.EVENT_STREAM));
            writers.add(writer);
            return writer;
        });
        var response = world.client()
                .send(
                        world.analystPosts(GatewayWorld.endpointPath("streamRawPredict"), BODY)
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofInputStream());
        HttpResponseWriter writer = writers.poll(10, TimeUnit.SECONDS);
        assertThat(writer).isNotNull();

        // when the gateway is asked to end
        world.gateway().terminate();
        Awaitility.await().atMost(SOON).until(() -> world.gateway().adminStatus("/readyz") != 200);

        // then the stream still gets to its end, and the process ends by itself with its record written
        writer.write(HttpData.ofUtf8("data: 1\n\n"));
        writer.write(HttpData.ofUtf8("data: 2\n\n"));
        writer.close();
        try (InputStream body = response.body()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\ndata: 2\n\n");
        }
        world.gateway().process().onExit().get(20, TimeUnit.SECONDS);
        assertThat(world.gateway().audit()).hasSize(1);
        assertThat(world.gateway().audit().getFirst().path("code").asText()).isEqualTo("OK");
    }

    @Test
    void nothingIsReadyWithoutAPolicy() throws Exception {
        // given a directory that becomes empty before a gateway starts
        Files.delete(world.policyDirectory().resolve("policy.json"));

        // when another gateway starts on it
        try (var other = GatewayProcess.start(
                world.folder(),
                Map.of("SPE_POLICY_DIRECTORY", world.policyDirectory().toString()))) {
            // then it lives, is not ready, and refuses every call
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> other.adminStatus("/readyz") == 503);
            assertThat(other.adminStatus("/livez")).isEqualTo(200);
            // the admin port opens first, the public one a moment later
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .untilAsserted(() -> assertThat(RawConnection.send(
                                    other,
                                    "POST " + GatewayWorld.endpointPath("predict") + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                            .startsWith("HTTP/1.1 503 ")
                            .contains("POLICY_UNAVAILABLE"));
        }
    }
}
