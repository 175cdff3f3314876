package dev.secureprediction.cli.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** A platform team reads what an edit of its environment would do. */
final class EnvironmentPlanTextTest {

    @Test
    void everyEndpointIsToldWithWhatChangesInIt() {
        var plan = plan("""
            {"accepted": true, "problems": [], "untouched": 2,
             "notes": ["endpoints get it in turn, 1 at a time"],
             "endpoints": [
              {"namespace": "support", "name": "chat", "problems": [], "notes": [],
               "changes": [{"part": "gateway", "field": "image", "now": "one", "then": "two"},
                           {"part": "policy", "field": "issuers[0].maxTokenLifetimeSeconds", "now": "absent", "then": "600"}]},
              {"namespace": "churn", "name": "churn", "problems": [], "notes": ["would be held: not verified"], "changes": []}]}
            """);

        assertThat(plan.lines())
                .containsExactly(
                        "note: endpoints get it in turn, 1 at a time",
                        "support/chat",
                        "  ~ gateway image: one -> two",
                        "  + policy issuers[0].maxTokenLifetimeSeconds: absent -> 600",
                        "churn/churn",
                        "  note: would be held: not verified",
                        "2 endpoints would change, 2 would not");
        assertThat(plan.exitCode()).isEqualTo(PlanText.CHANGES);
    }

    @Test
    void aRefusalOfTheEnvironmentOrOfAnEndpointInItFailsAPipeline() {
        assertThat(plan("{\"accepted\": false, \"problems\": [\"x\"], \"endpoints\": [], \"untouched\": 1}"))
                .satisfies(plan -> {
                    assertThat(plan.lines()).first().isEqualTo("refused: x");
                    assertThat(plan.exitCode()).isEqualTo(PlanText.UNKNOWN);
                });
        assertThat(plan("""
            {"accepted": true, "untouched": 0,
             "endpoints": [{"namespace": "a", "name": "b", "problems": ["gone"], "notes": [], "changes": []}]}
            """).exitCode()).isEqualTo(PlanText.UNKNOWN);
    }

    @Test
    void nothingToDoIsNothing() {
        assertThat(plan("{\"accepted\": true, \"endpoints\": [], \"untouched\": 3}")
                        .exitCode())
                .isEqualTo(PlanText.NONE);
    }

    private static EnvironmentPlanText plan(String json) {
        try {
            return new EnvironmentPlanText(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
