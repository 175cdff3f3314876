package dev.secureprediction.operator.golden;

import static dev.secureprediction.operator.golden.PromotionStory.FIRST;
import static dev.secureprediction.operator.golden.PromotionStory.SECOND;
import static dev.secureprediction.operator.golden.PromotionStory.admission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.promotion.Admitted;
import dev.secureprediction.operator.promotion.AdmittedBy;
import dev.secureprediction.operator.status.StatusEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Production serves what staging verified, and goes on serving it while something else waits. */
final class GateTest {

    private static final PromotionStory PRODUCTION = PromotionStory.gated();
    private static final PromotionStory SERVING = PRODUCTION.admitted(admission(FIRST, ", by: Record"));

    @Test
    void aFirstContractThatNobodyVerifiedWaitsAndNothingServes() {
        var plan = PRODUCTION.plan(FIRST);

        assertThat(plan).isInstanceOf(EndpointPlan.Held.class);
        assertThat(InForce.of(plan)).isEmpty();
        assertThat(reasons(PRODUCTION.status(plan)))
                .contains("Ready=False/AwaitingPromotion", "Reconciling=True/AwaitingPromotion", "Accepted=True/Valid")
                .contains("Available=False/NotServing")
                .doesNotContain("Stalled");
    }

    @Test
    void whatWasAdmittedServesOnWhileAnotherContractWaits() {
        var plan = SERVING.plan(SECOND);

        var serving = InForce.of(plan).orElseThrow();
        assertThat(serving.state().contractDigest()).isEqualTo(digest(FIRST)).isNotEqualTo(digest(SECOND));
        assertThat(serving.history().entries())
                .extracting(Admitted::contractDigest)
                .containsExactly(digest(FIRST));
        var status = SERVING.status(plan);
        assertThat(reasons(status))
                .contains("Ready=False/AwaitingPromotion", "Available=True/Serving", "PolicyEnforced=True/Enforced")
                .contains("Verified=False/AwaitingPromotion")
                .doesNotContain("Stalled");
        assertThat(status.contractDigest()).isEqualTo(digest(SECOND));
        assertThat(status.admittedContractDigest()).isEqualTo(digest(FIRST));
        assertThat(ready(status).message())
                .isEqualTo("contract " + digest(SECOND) + " was not verified in 'staging' for 1800 s");
    }

    @Test
    void theEnvironmentAsItIsNowHoldsForWhatServes() {
        var story = SERVING.production("""
                revoked: {subjects: [{issuer: okta, subject: mallory}]}
                require: {gatewayMinReplicas: 3, maxTokenLifetimeSeconds: 600}
                """);

        var serving = InForce.of(story.plan(SECOND)).orElseThrow().state();

        assertThat(serving.contractDigest()).isEqualTo(digest(FIRST));
        assertThat(serving.revocations().subjects()).hasSize(1);
        assertThat(serving.gateway().minReplicas()).isEqualTo(3);
        assertThat(serving.bundle().issuers().getFirst().maxTokenLifetimeSeconds())
                .contains(600L);
    }

    @Test
    void aRecordLetsItIn() {
        var plan = SERVING.record(SECOND, "").plan(SECOND);

        assertThat(plan)
                .isInstanceOfSatisfying(
                        EndpointPlan.Wanted.class,
                        wanted -> assertThat(wanted.admission().by()).isEqualTo(AdmittedBy.Record));
        assertThat(InForce.of(plan).orElseThrow().history().entries())
                .extracting(Admitted::contractDigest)
                .containsExactly(digest(SECOND), digest(FIRST));
    }

    @Test
    void goingBackNeedsNoNewRecord() {
        var story = PRODUCTION.admitted(admission(SECOND, ", by: Record"), admission(FIRST, ", by: NoGate"));

        assertThat(story.plan(FIRST)).isInstanceOf(EndpointPlan.Wanted.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fault: forged          | BadSignature
            fault: key             | UnknownKey
            fault: issuer          | UnknownIssuer
            fault: expired         | Expired
            tenant: billing        | OtherTenant
            soakSeconds: 60        | it soaked 60 s of 1800 s
            """)
    void aRecordThatDoesNotCountIsNamed(String wrong, String why) {
        var story = SERVING.record(SECOND, ", " + wrong);
        var plan = story.plan(SECOND);

        assertThat(plan)
                .isInstanceOfSatisfying(
                        EndpointPlan.Held.class,
                        held -> assertThat(held.gate().message()).contains("record-1", why));
        assertThat(story.events(plan)).anySatisfy(event -> {
            assertThat(event.reason()).isEqualTo("PromotionHeld");
            assertThat(event.warning()).isTrue();
            assertThat(event.message()).contains("record-1", why);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application: another
            environment: qa
            """)
    void aRecordOfSomethingElseIsNone(String other) {
        heldAndTold(SERVING.record(SECOND, ", " + other));
    }

    @Test
    void aRecordOfAnotherContractIsNone() {
        heldAndTold(SERVING.record(FIRST, ""));
    }

    private static void heldAndTold(PromotionStory story) {
        var plan = story.plan(SECOND);

        assertThat(plan).isInstanceOf(EndpointPlan.Held.class);
        assertThat(story.events(plan)).extracting(StatusEvent::reason).contains("PromotionHeld");
    }

    @Test
    void whatAnotherClusterRequiresIsReadFromItsRecord() {
        var elsewhere = new PromotionStory("""
            promotesFrom: {environment: staging, verifiers: [{issuer: acme, jwks: %s}]}
            promotion: {gate: Verified}
            """.formatted(FixedPromotion.jwks()), "{}");
        var story = elsewhere.record(SECOND, ", floors: {gatewayMinReplicas: 3}");

        var plan = story.plan(SECOND);

        assertThat(plan)
                .isInstanceOfSatisfying(
                        EndpointPlan.Held.class,
                        held -> assertThat(held.gate().message())
                                .contains(
                                        "this environment requires less",
                                        "spec.require.gatewayMinReplicas",
                                        "'1'",
                                        "'3'"));
        assertThat(reasons(elsewhere.status(elsewhere.plan(SECOND)))).contains("Consistent=Unknown/PeerUnknown");
        assertThat(story.production("require: {gatewayMinReplicas: 3}\n").plan(SECOND))
                .isInstanceOf(EndpointPlan.Wanted.class);
    }

    @Test
    void aGatewayImageWaitsToo() {
        var story = SERVING.production("gateway: {image: \"registry.example.com/spe-gateway:0.2.0\"}\n");

        var plan = story.plan(FIRST);

        assertThat(plan).isInstanceOf(EndpointPlan.Held.class);
        assertThat(InForce.of(plan).orElseThrow().state().gateway().image())
                .isEqualTo("registry.example.com/spe-gateway:0.1.0");
        assertThat(story.record(FIRST, ", image: \"registry.example.com/spe-gateway:0.2.0\"")
                        .plan(FIRST))
                .isInstanceOf(EndpointPlan.Wanted.class);
    }

    @Test
    void anExceptionLetsItInUntilItEndsAndIsTold() {
        var plan = SERVING.production(exception("2026-11-22T13:00:00Z")).plan(SECOND);

        var status = SERVING.status(plan);
        assertThat(plan).isInstanceOf(EndpointPlan.Wanted.class);
        assertThat(status.admission())
                .satisfies(admission ->
                        assertThat(admission.basis()).isEqualTo("exception until 2026-11-22T13:00:00Z: outage 4711"));
        assertThat(InForce.of(plan).orElseThrow().history().provesContract(digest(SECOND)))
                .isFalse();
    }

    @Test
    void anExceptionThatHasEndedTakesNothingAwayButCallsForARecord() {
        var story = PRODUCTION
                .admitted(admission(SECOND, ", by: Exception"), admission(FIRST, ", by: Record"))
                .production(exception("2026-11-22T11:00:00Z"));

        var plan = story.plan(SECOND);

        assertThat(InForce.of(plan).orElseThrow().state().contractDigest()).isEqualTo(digest(SECOND));
        assertThat(ready(story.status(plan)).message()).contains("the exception that let it in has ended");
    }

    @Test
    void anExceptionForSomebodyElseLetsNobodyIn() {
        var other = exception("2026-11-22T13:00:00Z").replace("support-production", "support-staging");

        assertThat(SERVING.production(other).plan(SECOND)).isInstanceOf(EndpointPlan.Held.class);
    }

    private static String exception(String until) {
        return """
                exceptions:
                - {namespace: support-production, name: support-chat, contractDigest: "%s", reason: outage 4711, expiresAt: "%s"}
                """.formatted(digest(SECOND), until);
    }

    private static String digest(String contract) {
        return ContractDigest.of(
                PRODUCTION.inputs(contract).endpoint().getSpec().contract());
    }

    private static String reasons(EndpointStatus status) {
        return status.conditions().stream()
                .map(condition -> condition.type() + "=" + condition.status() + "/" + condition.reason())
                .toList()
                .toString();
    }

    private static Condition ready(EndpointStatus status) {
        return Conditions.find(status.conditions(), ConditionType.Ready).orElseThrow();
    }
}
