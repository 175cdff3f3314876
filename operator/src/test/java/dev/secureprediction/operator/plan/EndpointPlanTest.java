package dev.secureprediction.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.golden.Samples;
import dev.secureprediction.operator.resolve.Problem;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What no golden file should hold: contracts that are too large, or that have no digest. */
final class EndpointPlanTest {

    @Test
    void aPolicyThatDoesNotFitIntoAConfigMapIsRefused() {
        // given roles within every bound of their own, but very many
        String roles = IntStream.range(0, 250)
                .mapToObj(i -> "{name: r%d, when: \"claims.subject == '%s'\", actions: [Predict]}"
                        .formatted(i, "x".repeat(4000)))
                .collect(Collectors.joining(", "));

        // when
        EndpointPlan plan = EndpointPlan.of(Samples.inputs(Samples.endpoint(roles, "")));

        // then
        assertThat(plan)
                .isInstanceOfSatisfying(
                        EndpointPlan.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::reason, Problem::path)
                                .contains(tuple(Reason.ContractTooLarge, "spec.contract")));
    }

    @Test
    void aNumberThatIsNotExactIsRefusedByItsPlace() {
        EndpointPlan plan = plan("request: {schema: {type: object, maxProperties: 9007199254740993}}");

        assertThat(plan)
                .isInstanceOfSatisfying(
                        EndpointPlan.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::path)
                                .contains("spec.contract/request/schema/maxProperties"));
    }

    private static EndpointPlan plan(String moreOfContract) {
        return EndpointPlan.of(Samples.inputs(Samples.endpoint(moreOfContract)));
    }
}
