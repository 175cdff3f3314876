package dev.secureprediction.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.resolve.Problem;
import org.junit.jupiter.api.Test;

/** The platform team takes away what an admitted endpoint rests on: that holds at once, and the rest serves on. */
final class TakenAwayTest {

    private static final String TWO_ISSUERS =
            "{model: {publisher: {publisher: google, name: gemini-2.5-flash}}, access: {roles: ["
                    + "{name: staff, issuers: [okta], when: bindings.analysts in claims.groups, actions: [Predict]}, "
                    + "{name: partner, issuers: [okta, ping], when: \"true\", actions: [Predict]}, "
                    + "{name: robot, issuers: [ping], when: \"true\", actions: [Predict]}]}}";
    private static final String OTHER_MODEL = "{model: {publisher: {publisher: anthropic, name: claude-sonnet-4}},"
            + " access: {roles: [{name: staff, when: bindings.analysts in claims.groups, actions: [Predict]}]}}";

    @Test
    void anIssuerThatIsGoneIsBelievedByNobodyAlsoWhereARoleNamesIt() {
        var plan = admitted(TWO_ISSUERS).plan(TWO_ISSUERS);

        assertThat(plan)
                .isInstanceOfSatisfying(
                        EndpointPlan.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::path)
                                .contains("spec.contract.access.roles[2].issuers[0]"));
        var bundle = InForce.of(plan).orElseThrow().state().bundle();
        assertThat(bundle.issuers()).extracting(issuer -> issuer.name()).doesNotContain("ping");
        assertThat(bundle.roles().get(0).when()).isEqualTo("bindings.analysts in claims.groups");
        assertThat(bundle.roles().get(1).issuers()).containsExactly("okta");
        assertThat(bundle.roles().get(2).when()).isEqualTo("false");
    }

    @Test
    void aGrantThatIsGoneLeavesWhatWasAdmittedUnderTheEnvironmentAsItIsNow() {
        var story = admitted(OTHER_MODEL).production("require: {maxTokenLifetimeSeconds: 600}\n");

        var plan = story.plan(OTHER_MODEL);

        assertThat(plan).isInstanceOf(EndpointPlan.Refused.class);
        var bundle = InForce.of(plan).orElseThrow().state().bundle();
        assertThat(bundle.issuers().getFirst().maxTokenLifetimeSeconds()).contains(600L);
    }

    @Test
    void whatWasNeverAdmittedGetsNothingByIt() {
        assertThat(InForce.of(new PromotionStory("", "{}").plan(OTHER_MODEL))).isEmpty();
    }

    private static PromotionStory admitted(String contract) {
        return new PromotionStory("", """
                inForce:
                  support-production/support-chat:
                    environmentRef: {name: production}
                    contract: %s
                    placement: {bindings: {analysts: ml-analysts-production}}
                """.formatted(contract));
    }
}
