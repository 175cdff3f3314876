package dev.secureprediction.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.golden.Samples;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.status.GatewayReport.PodReport;
import dev.secureprediction.operator.status.GatewayReport.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is seen, in whatever order, a status keeps the promises that kubectl, Argo CD and Flux rely on. */
final class StatusProjectorPropertiesTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final String WANTED = "WANTED";
    private static final List<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::name).toList();

    /** One round: whether the spec is acceptable, whether it is new, and what was seen. */
    record Round(boolean acceptable, boolean edited, Observed observed) {}

    @Property(tries = 200)
    void promisesHoldOverAnyHistory(@ForAll("histories") List<Round> history) {
        SecurePredictionEndpoint good = Samples.endpoint("");
        SecurePredictionEndpoint bad = Samples.endpoint("surfaces: [AnthropicMessages]");
        EndpointStatus status = EndpointStatus.EMPTY;
        long generation = 1;
        int second = 0;
        for (Round round : history) {
            generation += round.edited() ? 1 : 0;
            SecurePredictionEndpoint endpoint = round.acceptable() ? good : bad;
            endpoint.getMetadata().setGeneration(generation);
            endpoint.setStatus(status);
            EndpointPlan plan = EndpointPlan.of(Samples.inputs(endpoint));
            Clock clock = Clock.fixed(START.plusSeconds(second++), ZoneOffset.UTC);

            EndpointStatus next = new StatusProjector(clock)
                    .project(plan, actual(round.observed(), plan))
                    .status();

            boolean mayWait = round.acceptable() || round.observed().deleting();
            check(status, next, generation, mayWait);
            status = next;
        }
    }

    private static void check(EndpointStatus before, EndpointStatus after, long generation, boolean mayWait) {
        List<Condition> conditions = after.conditions();
        boolean ready = Conditions.isTrue(conditions, ConditionType.Ready);
        boolean stalled = Conditions.find(conditions, ConditionType.Stalled).isPresent();
        boolean reconciling =
                Conditions.find(conditions, ConditionType.Reconciling).isPresent();

        assertThat(after.observedGeneration()).isEqualTo(generation);
        assertThat(stalled && reconciling).as("never both").isFalse();
        assertThat(ready || stalled || reconciling).as("kstatus can tell").isTrue();
        assertThat(ready && (stalled || reconciling)).isFalse();
        assertThat(mayWait || stalled).as("a refusal needs a person").isTrue();
        assertThat(conditions.getFirst().type()).isIn("Stalled", "Reconciling", "Ready");
        assertThat(conditions).extracting(Condition::type).doesNotHaveDuplicates();
        assertThat(conditions).allSatisfy(condition -> {
            assertThat(condition.message()).hasSizeLessThanOrEqualTo(1024);
            assertThat(REASONS).contains(condition.reason());
            Conditions.find(before.conditions(), ConditionType.valueOf(condition.type()))
                    .filter(was -> was.status().equals(condition.status()))
                    .ifPresent(was -> assertThat(condition.lastTransitionTime())
                            .as("time of %s moves only with its status", condition.type())
                            .isEqualTo(was.lastTransitionTime()));
        });
        assertThat(after.drift()).hasSizeLessThanOrEqualTo(16);
    }

    @Provide
    Arbitrary<List<Round>> histories() {
        Arbitrary<Boolean> any = Arbitraries.of(true, false);
        return Combinators.combine(any, any, observations())
                .as(Round::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static Arbitrary<Observed> observations() {
        Arbitrary<Progress> progress = Arbitraries.of(
                new Progress.Done(Reason.Partial, "done"),
                new Progress.Working(Reason.Provisioning, "working"),
                new Progress.Working(Reason.CloudNotReadYet, "not read"),
                new Progress.Failed(Reason.CloudUnavailable, "down"),
                new Progress.Failed(Reason.PermissionDenied, "x".repeat(5000)));
        Arbitrary<List<CloudReport.Drift>> drift = Arbitraries.of(true, false)
                .map(reverted -> new CloudReport.Drift("endpoints/e", "labels", "a", "b", reverted))
                .list()
                .ofMaxSize(1);
        Arbitrary<CloudReport> cloud = Combinators.combine(Arbitraries.of(true, false), progress, progress, drift)
                .as((read, identity, endpoint, found) -> new CloudReport(
                        read,
                        identity,
                        endpoint,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        found));
        Arbitrary<ProbeResult> probe = Arbitraries.of(
                new ProbeResult.NotMade(),
                refused(WANTED),
                refused("sha256:old"),
                new ProbeResult.LetThrough("pod", "call without a token"),
                new ProbeResult.Failed("closed"));
        return Combinators.combine(cloud, gateways(), probe, Arbitraries.of(false, false, true))
                .as(Observed::new);
    }

    private static ProbeResult refused(String digest) {
        return new ProbeResult.Refused(digest, List.of("call without a token"), ProbeResult.Canary.Answered);
    }

    private static Arbitrary<GatewayReport> gateways() {
        Arbitrary<PodReport> pods = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(Optional.of(WANTED), Optional.of("sha256:old"), Optional.<String>empty()),
                        Arbitraries.of(Optional.of(new Refusal(WANTED, "no")), Optional.<Refusal>empty()))
                .as((ready, digest, refusal) -> new PodReport("pod", ready, "image", digest, refusal));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        pods.list().ofMaxSize(2))
                .as((applied, rolledOut, list) -> new GatewayReport(
                        applied,
                        rolledOut,
                        list.size(),
                        (int) list.stream().filter(PodReport::ready).count(),
                        list,
                        Optional.empty(),
                        Optional.empty()));
    }

    /** The same observation of the policy that this plan wants. */
    private static Observed actual(Observed observed, EndpointPlan plan) {
        String digest =
                plan instanceof EndpointPlan.Wanted wanted ? wanted.state().policyDigest() : "sha256:none";
        GatewayReport gateway = observed.gateway();
        List<PodReport> pods = gateway.pods().stream()
                .map(pod -> new PodReport(
                        pod.pod(),
                        pod.ready(),
                        pod.image(),
                        pod.policyDigest().map(found -> found.equals(WANTED) ? digest : found),
                        pod.refusal().map(refusal -> new Refusal(digest, refusal.reason()))))
                .toList();
        ProbeResult probe = observed.probe() instanceof ProbeResult.Refused refused
                        && refused.policyDigest().equals(WANTED)
                ? refused(digest)
                : observed.probe();
        return new Observed(
                observed.cloud(),
                new GatewayReport(
                        gateway.applied(),
                        gateway.rolledOut(),
                        gateway.wantedReplicas(),
                        gateway.readyReplicas(),
                        pods,
                        gateway.problem(),
                        gateway.certificateAuthority()),
                probe,
                observed.deleting());
    }
}
