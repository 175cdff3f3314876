package dev.secureprediction.operator.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudStates;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedAccess;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What others gave to our account, or over it, is named; and taken away only where that is asked for. */
final class ExcessAccessTest {

    private static final DesiredCloud DESIRED = CloudSamples.deployed();
    private static final PolicyTarget PROJECT = new PolicyTarget.OnProject("acme-ml-qa");
    private static final Binding USER = Binding.always("roles/aiplatform.user", DESIRED.accountMember());
    private static final String KEY = "projects/acme-ml-qa/serviceAccounts/x/keys/0a1b2c";

    private final ObservedCloud settled = settled();

    @Test
    void aRoleOnTheProjectIsNamedWithWhatItGives() {
        ObservedCloud seen = elsewhere(
                USER, Set.of("aiplatform.endpoints.predict", "aiplatform.endpoints.deploy", "a.b.c", "a.b.d"));

        assertThat(ExcessAccess.of(DESIRED, seen))
                .singleElement()
                .satisfies(excess -> assertThat(excess.text())
                        .isEqualTo(DESIRED.accountMember() + " has roles/aiplatform.user on projects/acme-ml-qa:"
                                + " a.b.c, a.b.d, aiplatform.endpoints.deploy and 1 more"));
        assertThat(CloudDiff.plan(DESIRED, seen).changes()).isEmpty();
    }

    @Test
    void itIsRevokedWhereTheEnvironmentAsksForThat() {
        ObservedCloud seen = elsewhere(USER, Set.of());

        assertThat(CloudDiff.plan(revoking(), seen).changes()).containsExactly(new Change.Revoke(PROJECT, USER));
    }

    @Test
    void whoMayActAsTheAccountIsNamedButADeletedMemberIsNobody() {
        Set<Binding> bindings = new HashSet<>(settled.accountPolicy().bindings());
        bindings.add(Binding.always("roles/iam.serviceAccountTokenCreator", "user:mallory@example.com"));
        bindings.add(Binding.always("roles/iam.serviceAccountUser", "deleted:user:gone@example.com?uid=1"));

        ObservedCloud seen = CloudStates.withAccountPolicy(settled, ObservedPolicy.of(bindings));

        assertThat(ExcessAccess.of(DESIRED, seen))
                .extracting(ExcessAccess::text)
                .containsExactly("user:mallory@example.com has roles/iam.serviceAccountTokenCreator on serviceAccounts/"
                        + DESIRED.serviceAccount().email());
    }

    @Test
    void aKeyOfOurAccountAlwaysGoesAndGoesFirst() {
        Set<Binding> none = Set.of();
        ObservedCloud seen = CloudStates.withGrantPolicy(
                CloudStates.withAccess(settled, new ObservedAccess(List.of(), Map.of(), List.of(KEY), List.of())),
                ObservedPolicy.of(none));

        assertThat(CloudDiff.plan(DESIRED, seen).changes())
                .startsWith(new Change.Delete.Key(DESIRED.serviceAccount().email(), KEY))
                .hasSize(2);
    }

    @Test
    void aFullPolicyIsSaidInsteadOfTried() {
        ObservedCloud seen = CloudStates.withGrantPolicy(settled, new ObservedPolicy(true, Set.of(), 1_500));

        CloudPlan plan = CloudDiff.plan(DESIRED, seen);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacles())
                .singleElement()
                .satisfies(obstacle ->
                        assertThat(obstacle.message()).contains("holds 1500 principals, and Google allows 1500"));
    }

    private ObservedCloud elsewhere(Binding binding, Set<String> permissions) {
        return CloudStates.withAccess(
                settled,
                new ObservedAccess(
                        List.of(new ObservedAccess.Held(PROJECT, binding)),
                        permissions.isEmpty() ? Map.of() : Map.of(binding.role(), permissions),
                        List.of(),
                        List.of()));
    }

    private static DesiredCloud revoking() {
        return new DesiredCloud(
                DESIRED.scope(),
                DESIRED.owner(),
                DESIRED.serviceAccount(),
                DESIRED.invokerRole(),
                DESIRED.grant(),
                DESIRED.workloadIdentityMember(),
                DESIRED.endpoint(),
                DESIRED.deletionPolicy(),
                false,
                true);
    }

    private static ObservedCloud settled() {
        ModelCloud cloud = ModelCloud.empty();
        Rounds.until(cloud, DESIRED, CloudDiff::plan);
        return cloud.state();
    }
}
