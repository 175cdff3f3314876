package dev.secureprediction.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.health.Breakers;
import dev.secureprediction.gateway.health.ModelVersions;
import dev.secureprediction.gateway.health.RetryBudget;
import dev.secureprediction.gateway.health.UpstreamHealth;
import dev.secureprediction.gateway.policy.PolicyInForce;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.decision.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What callers send must not become series. */
final class GatewayMetricsTest {
    private static final List<String> PATHS = List.of(
            GatewayWorld.endpointPath("predict"),
            GatewayWorld.endpointPath("streamRawPredict"),
            GatewayWorld.geminiPath("generateContent"),
            "/anything");

    private final GatewayMetrics metrics = new GatewayMetrics(
            new PolicyInForce(),
            () -> 3,
            new UpstreamHealth(new Breakers(Clock.systemUTC()), new RetryBudget(), new ModelVersions(System::nanoTime)),
            () -> 0,
            () -> 0);
    private final Random random = new Random(7);

    /** A call with a caller, an id and an address that no other call has. */
    private void call() {
        CallRecord call = CallRecord.begin("request-" + random.nextLong(), Instant.EPOCH);
        String path = PATHS.get(random.nextInt(PATHS.size()));
        if (SurfaceRegistry.standard().match("POST", path + (path.startsWith("/any") ? random.nextInt() : ""))
                instanceof RouteMatch.Matched matched) {
            call.route(matched.route());
        }
        call.caller(new Caller("issuer-" + random.nextInt(), "subject-" + random.nextInt(), Map.of()));
        call.clientAddress("192.0.2." + random.nextInt(255));
        call.clientRequestId("id-" + random.nextInt());
        ErrorCode[] codes = {ErrorCode.ACCESS_DENIED, ErrorCode.TOKEN_EXPIRED, ErrorCode.OVERLOADED};
        if (random.nextBoolean()) {
            call.permitted("role-" + random.nextInt());
            call.upstreamStarted();
            call.upstreamAnswered(200);
            call.tokensUsed(Optional.of(new TokensUsed(OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3))));
        } else {
            call.refused(Refusal.of(codes[random.nextInt(codes.length)], "REASON_" + random.nextInt()));
        }
        call.ended(200);
        metrics.ended(call);
    }

    private long series() {
        return metrics.scrape().lines().filter(line -> !line.startsWith("#")).count();
    }

    @Test
    void seriesAreBoundedWhateverCallersSend() {
        // given enough calls to have met every kind
        for (int i = 0; i < 1_000; i++) {
            call();
        }
        long before = series();

        // when as many come again, all with other names
        for (int i = 0; i < 1_000; i++) {
            call();
        }

        // then there are no more series than before, and no name is in them
        assertThat(series()).isEqualTo(before);
        assertThat(metrics.scrape())
                .doesNotContain("subject-")
                .doesNotContain("role-")
                .doesNotContain("issuer-")
                .doesNotContain("192.0.2.")
                .doesNotContain("REASON_");
        assertThat(metrics.scrape()).contains("spe_gateway_calls_running 3.0");
    }

    /** The reference page is made of these names. */
    @Test
    void prometheusReadsWhatTheEnumSays() {
        for (int i = 0; i < 100; i++) {
            call();
        }

        List<String> families = metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.substring("# TYPE ".length()))
                .toList();

        // those of breakers, caches, limits, guardrails and keys come with what they count
        assertThat(families)
                .hasSizeGreaterThan(8)
                .isSubsetOf(Arrays.stream(GatewayMetric.values())
                        .flatMap(metric -> Stream.of(
                                metric.exposed() + " " + metric.kind().type(), metric.exposed() + "_max gauge"))
                        .toList());
    }
}
