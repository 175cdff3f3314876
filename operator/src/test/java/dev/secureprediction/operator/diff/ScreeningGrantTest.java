package dev.secureprediction.operator.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudStates;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.ObservedAccess;
import dev.secureprediction.operator.cloud.ObservedAccess.Held;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Model Armor's role for an account whose own grant stands on an endpoint: the project's policy is another one. */
final class ScreeningGrantTest {

    private static final DesiredCloud PLAIN = CloudSamples.existing();
    private static final DesiredCloud SCREENING = screening(PLAIN);
    private static final PolicyTarget PROJECT =
            new PolicyTarget.OnProject(PLAIN.scope().project());
    private static final ObservedCloud WITHOUT = CloudStates.empty();
    private static final ObservedCloud WITH = CloudStates.withAccess(
            WITHOUT,
            new ObservedAccess(
                    List.of(new Held(PROJECT, SCREENING.screeningBinding())), Map.of(), List.of(), List.of()));

    @Test
    void itIsGrantedOnceOnTheProjectWhereAGuardrailAsksForIt() {
        assertThat(ScreeningGrant.missing(SCREENING, WITHOUT))
                .containsExactly(new Change.Grant(PROJECT, SCREENING.screeningBinding()));
        assertThat(ScreeningGrant.missing(SCREENING, WITH)).isEmpty();
        assertThat(ScreeningGrant.unwanted(SCREENING, WITH)).isEmpty();
        assertThat(ScreeningGrant.missing(PLAIN, WITHOUT)).isEmpty();
    }

    @Test
    void itIsTakenAwayWhenNoGuardrailAsksForItAnyMoreAndWithTheEndpoint() {
        Change revoked = new Change.Revoke(PROJECT, SCREENING.screeningBinding());

        assertThat(ScreeningGrant.unwanted(PLAIN, WITH)).containsExactly(revoked);
        assertThat(CloudDiff.removal(SCREENING, WITH).changes()).contains(revoked);
        assertThat(CloudDiff.leftover(SCREENING, WITH, PLAIN).changes()).doesNotContain(revoked);
    }

    private static DesiredCloud screening(DesiredCloud d) {
        return new DesiredCloud(
                d.scope(),
                d.owner(),
                d.serviceAccount(),
                d.invokerRole(),
                d.grant(),
                d.workloadIdentityMember(),
                d.endpoint(),
                d.deletionPolicy(),
                true,
                d.revokeExcess());
    }
}
