package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.status.CloudReport;
import dev.secureprediction.operator.status.GatewayReport;
import dev.secureprediction.operator.status.GatewayReport.PodReport;
import dev.secureprediction.operator.status.Observed;
import dev.secureprediction.operator.status.ProbeResult;
import dev.secureprediction.operator.status.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the operator looks again. All pauses vary by a tenth. */
final class RequeueTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Progress DONE = new Progress.Done(Reason.Partial, "");
    private static final Progress WORKING = new Progress.Working(Reason.DeployingModel, "");
    private static final Progress FAILED = new Progress.Failed(Reason.CloudUnavailable, "");
    private static final int DRIFT = 300;

    private final Requeue requeue = new Requeue(Duration.ofSeconds(2), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aSettledStateIsReadAgainAtTheDriftInterval() {
        assertThat(after(DONE, proven(), Duration.ofHours(1))).isBetween(seconds(270), seconds(330));
    }

    @Test
    void anOperationIsAskedForInSecondsAndThenLessAndLess() {
        assertThat(after(WORKING, proven(), Duration.ZERO)).isBetween(millis(1_800), millis(2_200));
        assertThat(after(WORKING, proven(), Duration.ofSeconds(100))).isBetween(seconds(9), seconds(11));
        assertThat(after(WORKING, proven(), Duration.ofHours(1))).isBetween(seconds(27), seconds(33));
    }

    @Test
    void aFailureIsTriedAgainInGrowingPausesAndNeverGivenUp() {
        assertThat(after(FAILED, proven(), Duration.ZERO)).isBetween(millis(4_500), millis(5_500));
        assertThat(after(FAILED, proven(), Duration.ofDays(30))).isBetween(seconds(270), seconds(330));
    }

    @Test
    void aTransitionThatAnotherClockPutsIntoTheFutureWasJustNow() {
        assertThat(after(FAILED, proven(), Duration.ofHours(-1))).isBetween(millis(4_500), millis(5_500));
    }

    @Test
    void aPolicyThatIsNotInForceYetIsAskedForEverySecond() {
        assertThat(after(DONE, loading(), Duration.ZERO)).isBetween(millis(900), millis(1_100));
    }

    @Test
    void withoutAReadyPodAnEventIsWaitedFor() {
        assertThat(after(DONE, GatewayReport.NOT_APPLIED, Duration.ZERO)).isBetween(seconds(270), seconds(330));
    }

    private Duration after(Progress cloud, GatewayReport gateway, Duration age) {
        var report = new CloudReport(
                true,
                DONE,
                cloud,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        boolean proven = gateway.equals(proven());
        var probe = proven
                ? new ProbeResult.Refused("sha256:a", List.of(), ProbeResult.Canary.NotSent)
                : new ProbeResult.NotMade();
        var conditions = List.of(
                condition(ConditionType.EndpointReady, "False", age),
                condition(ConditionType.PolicyEnforced, proven ? "True" : "False", age));
        return requeue.after(new Observed(report, gateway, probe, false), conditions, DRIFT);
    }

    private static GatewayReport proven() {
        return gateway(Optional.of("sha256:a"));
    }

    private static GatewayReport loading() {
        return gateway(Optional.of("sha256:old"));
    }

    private static GatewayReport gateway(Optional<String> digest) {
        var pod = new PodReport("pod-1", true, "image", digest, Optional.empty());
        return new GatewayReport(true, true, 1, 1, List.of(pod), Optional.empty(), Optional.empty());
    }

    private static Condition condition(ConditionType type, String status, Duration age) {
        return new Condition(type.name(), status, 1L, NOW.minus(age).toString(), "Any", "");
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
