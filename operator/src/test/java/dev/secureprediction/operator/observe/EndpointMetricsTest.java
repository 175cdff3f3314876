package dev.secureprediction.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import dev.secureprediction.operator.probe.Probe;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long it took until Ready and until drift was put back, and how many endpoints are how, per environment. */
final class EndpointMetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:01:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DRIFT = "{\"resource\": \"projects/p\", \"field\": \"iam\", \"desired\": \"a\","
            + " \"observed\": \"b\", \"detectedAt\": \"2026-03-01T12:00:30Z\", \"revertedAt\": %s}";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void timesAreCountedOnce() throws JsonProcessingException {
        var endpoint = endpoint();
        var metrics = new EndpointMetrics(registry, () -> Stream.of(endpoint), Clock.fixed(NOW, ZoneOffset.UTC));

        metrics.told(endpoint, status("True", DRIFT.formatted("null")), true);
        endpoint.setStatus(status("True", DRIFT.formatted("null")));
        metrics.told(endpoint, status("True", DRIFT.formatted("\"2026-03-01T12:00:50Z\"")), true);
        endpoint.setStatus(status("True", DRIFT.formatted("\"2026-03-01T12:00:50Z\"")));
        metrics.told(endpoint, status("True", DRIFT.formatted("\"2026-03-01T12:00:50Z\"")), true);

        var ready = registry.get("spe.time.to.ready").tag("environment", "qa").timer();
        assertThat(ready.count()).isEqualTo(1);
        assertThat(ready.totalTime(TimeUnit.SECONDS)).isEqualTo(60);
        var revert = registry.get("spe.drift.revert").tag("environment", "qa").timer();
        assertThat(revert.count()).isEqualTo(1);
        assertThat(revert.totalTime(TimeUnit.SECONDS)).isEqualTo(20);
        assertThat(registry.get("spe.drift.found").counter().count()).isEqualTo(1);
        assertThat(gauge("True")).isEqualTo(1);
        assertThat(gauge("False")).isZero();
    }

    @Test
    void afterAStartWhatStandsIsCountedThoughNothingIsNews() throws JsonProcessingException {
        // given an operator that finds an endpoint as it should be
        var endpoint = endpoint();
        endpoint.setStatus(status("True", ""));
        var metrics = new EndpointMetrics(registry, () -> Stream.of(endpoint), Clock.fixed(NOW, ZoneOffset.UTC));

        metrics.told(endpoint, endpoint.getStatus(), false);

        // then alerts on it hold, and the first drift will be seen as a rise
        assertThat(gauge("True")).isEqualTo(1);
        assertThat(registry.get("spe.drift.found").counter().count()).isZero();
        assertThat(registry.find("spe.time.to.ready").timer()).isNull();
    }

    @Test
    void environmentsAreCountedUntilTheyGo() {
        var environment = new PredictionEnvironment();
        environment.setMetadata(new ObjectMetaBuilder().withName("qa").build());
        var metrics = new EnvironmentMetrics(registry);
        var ready = new Condition("Ready", "False", 1L, NOW.toString(), "PermissionDenied", "m");

        metrics.told(environment, new EnvironmentStatus(1L, List.of(ready), 0, null, null), true);
        assertThat(environments("False")).isEqualTo(1);
        metrics.gone(environment);
        assertThat(environments("False")).isZero();
    }

    @Test
    void everyOutcomeOfEveryProbeIsThereBeforeItHappens() {
        new ProofMetrics(registry, new ProofLedger(Clock.systemUTC(), () -> 0.5), Clock.systemUTC());

        for (Probe probe : Probe.values()) {
            assertThat(registry.get("spe.probes")
                            .tag("probe", probe.name())
                            .tag("outcome", "let_through")
                            .counter()
                            .count())
                    .isZero();
        }
    }

    private double environments(String value) {
        return registry.get("spe.environments")
                .tag("environment", "qa")
                .tag("condition", "Ready")
                .tag("status", value)
                .gauge()
                .value();
    }

    private double gauge(String value) {
        return registry.get("spe.endpoints")
                .tag("environment", "qa")
                .tag("condition", "Ready")
                .tag("status", value)
                .gauge()
                .value();
    }

    private static SecurePredictionEndpoint endpoint() throws JsonProcessingException {
        return JSON.readValue("""
                {"metadata": {"name": "chat", "namespace": "team", "creationTimestamp": "2026-03-01T12:00:00Z"},
                 "spec": {"environmentRef": {"name": "qa"}}}
                """, SecurePredictionEndpoint.class);
    }

    private static EndpointStatus status(String ready, String drift) throws JsonProcessingException {
        return JSON.readValue("""
                {"conditions": [{"type": "Ready", "status": "%s", "reason": "Ready", "message": "m",
                                 "lastTransitionTime": "2026-03-01T12:01:00Z", "observedGeneration": 1}],
                 "drift": [%s]}
                """.formatted(ready, drift), EndpointStatus.class);
    }
}
