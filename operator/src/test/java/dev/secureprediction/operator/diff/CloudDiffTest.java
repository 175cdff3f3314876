package dev.secureprediction.operator.diff;

import static dev.secureprediction.operator.cloud.CloudSamples.DEPLOYMENT;
import static dev.secureprediction.operator.cloud.CloudSamples.ENDPOINT_ID;
import static dev.secureprediction.operator.cloud.CloudSamples.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudStates;
import dev.secureprediction.operator.cloud.DeletionPolicy;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedModel;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.OperationState;
import dev.secureprediction.operator.cloud.Ownership;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CloudDiffTest {

    private static final DesiredCloud DEPLOYED = CloudSamples.deployed();
    private static final DesiredCloud PUBLISHER = CloudSamples.publisher();

    @Test
    void on_the_way_up_access_is_granted_last() {
        // given nothing, when the way up is planned
        CloudPlan plan = CloudDiff.plan(DEPLOYED, CloudStates.empty());

        // then
        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.changes())
                .hasExactlyElementsOfTypes(
                        Change.Create.Account.class,
                        Change.Grant.class,
                        Change.Create.Endpoint.class,
                        Change.Create.Deployment.class,
                        Change.Grant.class);
        assertThat(plan.changes().getLast())
                .isEqualTo(new Change.Grant(new PolicyTarget.OnEndpoint(ENDPOINT_ID), DEPLOYED.invokerBinding()));
    }

    @Test
    void on_the_way_down_access_is_revoked_first() {
        CloudPlan plan = CloudDiff.removal(DEPLOYED, settled(DEPLOYED));

        assertThat(plan.changes())
                .hasExactlyElementsOfTypes(
                        Change.Revoke.class,
                        Change.Delete.Deployment.class,
                        Change.Delete.Endpoint.class,
                        Change.Revoke.class,
                        Change.Delete.Account.class);
        assertThat(plan.changes().getFirst())
                .isEqualTo(new Change.Revoke(new PolicyTarget.OnEndpoint(ENDPOINT_ID), DEPLOYED.invokerBinding()));
    }

    @Test
    void retain_takes_access_and_keeps_things() {
        DesiredCloud retained = DEPLOYED.withDeletionPolicy(DeletionPolicy.Retain);

        assertThat(CloudDiff.removal(retained, settled(DEPLOYED)).changes())
                .containsExactly(
                        new Change.Revoke(new PolicyTarget.OnEndpoint(ENDPOINT_ID), DEPLOYED.invokerBinding()),
                        new Change.Revoke(
                                new PolicyTarget.OnAccount(CloudSamples.ACCOUNT.email()),
                                DEPLOYED.workloadIdentityBinding()));
    }

    @Test
    void what_is_settled_is_left_alone() {
        for (DesiredCloud desired : List.of(DEPLOYED, PUBLISHER)) {
            assertThat(CloudDiff.plan(desired, settled(desired)).settled()).isTrue();
        }
    }

    @Test
    void an_unmarked_account_is_left_alone_both_ways() {
        ObservedServiceAccount namesake = new ObservedServiceAccount.Present(
                CloudSamples.ACCOUNT.email(), "7", false, "somebody's", Optional.empty());
        ObservedCloud observed = CloudStates.withAccount(settled(PUBLISHER), namesake);

        CloudPlan up = CloudDiff.plan(PUBLISHER, observed);
        assertThat(up.changes()).isEmpty();
        assertThat(up.obstacles())
                .containsExactly(new Obstacle.ConflictUnmanaged("serviceAccounts/" + CloudSamples.ACCOUNT.email()));
        assertThat(CloudDiff.removal(PUBLISHER, observed).settled()).isTrue();
    }

    @Test
    void an_endpoint_of_another_owner_is_left_alone_both_ways() {
        ObservedEndpoint.Present mine =
                (ObservedEndpoint.Present) settled(DEPLOYED).endpoint();
        ObservedCloud observed = CloudStates.withEndpoint(
                CloudStates.withGrantPolicy(
                        settled(DEPLOYED),
                        ObservedPolicy.of(Set.of(Binding.always(ROLE, "user:their-analyst@example.com")))),
                CloudStates.relabelled(mine, "theirs", Map.of(Ownership.OWNER_LABEL, "f".repeat(32))));

        CloudPlan up = CloudDiff.plan(DEPLOYED, observed);
        assertThat(up.changes()).isEmpty();
        assertThat(up.obstacles()).containsExactly(new Obstacle.ConflictUnmanaged("endpoints/" + ENDPOINT_ID));
        assertThat(CloudDiff.removal(DEPLOYED, observed).changes())
                .noneMatch(c -> c.difference().resource().startsWith("endpoints/"));
    }

    @Test
    void a_wrong_fingerprint_leaves_nothing_behind() {
        ObservedCloud observed = CloudStates.withModel(
                CloudStates.empty(), new ObservedModel.Present("models/1234567890", "17", Optional.of("0000")));

        CloudPlan plan = CloudDiff.plan(DEPLOYED, observed);

        assertThat(plan.changes()).noneMatch(c -> c.difference().resource().startsWith("endpoints/"));
        assertThat(plan.obstacles())
                .containsExactly(new Obstacle.FingerprintMismatch("1234567890@17", "9f2c", Optional.of("0000")));
    }

    @Test
    void a_role_that_holds_more_is_not_granted() {
        InvokerRole wide =
                new InvokerRole.Present(Set.of("aiplatform.endpoints.predict", "aiplatform.endpoints.delete"));

        CloudPlan plan = CloudDiff.plan(PUBLISHER, CloudStates.withRole(CloudStates.empty(), wide));

        assertThat(plan.changes())
                .doesNotContain(new Change.Grant(PUBLISHER.grantTarget(), PUBLISHER.invokerBinding()));
        assertThat(plan.obstacles())
                .containsExactly(new Obstacle.RoleUnfit(ROLE, Set.of("aiplatform.endpoints.delete"), Set.of()));
    }

    @Test
    void others_lose_our_role_on_our_endpoint_before_anything_else_and_only_there() {
        Binding theirs = Binding.always(ROLE, "user:mallory@example.com");
        Binding conditional = new Binding(
                ROLE,
                "user:eve@example.com",
                Optional.of(new Binding.Condition("for a while", "request.time < timestamp('2030-01-01T00:00:00Z')")));
        Binding otherRole = Binding.always("roles/aiplatform.viewer", "user:auditor@example.com");

        List<Change> onOurs = CloudDiff.changes(DEPLOYED, granted(DEPLOYED, theirs, conditional, otherRole));
        List<Change> onProject = CloudDiff.changes(PUBLISHER, granted(PUBLISHER, theirs, conditional, otherRole));

        assertThat(onOurs)
                .containsExactly(
                        new Change.Revoke(DEPLOYED.grantTarget(), conditional),
                        new Change.Revoke(DEPLOYED.grantTarget(), theirs));
        assertThat(onProject).isEmpty();
    }

    @Test
    void what_a_deleted_account_of_ours_left_is_cleared() {
        Binding remnant = Binding.always(ROLE, "deleted:" + PUBLISHER.accountMember() + "?uid=123");
        Binding others = Binding.always(ROLE, "deleted:serviceAccount:other@x.iam.gserviceaccount.com?uid=9");

        assertThat(CloudDiff.changes(PUBLISHER, granted(PUBLISHER, remnant, others)))
                .containsExactly(new Change.Revoke(PUBLISHER.grantTarget(), remnant));
    }

    @Test
    void a_disabled_account_stays_disabled() {
        ObservedCloud observed = CloudStates.withAccount(
                settled(PUBLISHER),
                new ObservedServiceAccount.Present(
                        CloudSamples.ACCOUNT.email(),
                        "1",
                        true,
                        "churn",
                        Optional.of(Ownership.of(PUBLISHER.owner()))));

        CloudPlan plan = CloudDiff.plan(PUBLISHER, observed);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacles()).containsExactly(new Obstacle.AccountDisabled(CloudSamples.ACCOUNT.email()));
    }

    @Test
    void while_an_operation_runs_the_endpoint_rests_but_access_is_kept() {
        // given a resize that runs, and somebody who took our binding away meanwhile
        ObservedCloud observed = CloudStates.withOperation(
                CloudStates.withGrantPolicy(settled(DEPLOYED), ObservedPolicy.of(Set.of())),
                Optional.of(new OperationState.Running("operations/1")));

        // when planned for other replicas
        CloudPlan plan = CloudDiff.plan(CloudSamples.deployed(replicas(2, 5)), observed);

        // then
        assertThat(plan.obstacles()).containsExactly(new Obstacle.OperationRunning("operations/1"));
        assertThat(plan.changes()).containsExactly(new Change.Grant(DEPLOYED.grantTarget(), DEPLOYED.invokerBinding()));
    }

    @Test
    void the_same_deployment_asked_for_twice_has_one_id() {
        ObservedCloud observed = CloudStates.withEndpoint(CloudStates.empty(), CloudStates.freshEndpoint(DEPLOYED));

        assertThat(deployment(observed)).isEqualTo(deployment(observed));
        assertThat(deployment(observed).deployedModelId()).matches("[1-9][0-9]{9}");
    }

    private static Change.Create.Deployment deployment(ObservedCloud observed) {
        return CloudDiff.changes(DEPLOYED, observed).stream()
                .filter(Change.Create.Deployment.class::isInstance)
                .map(Change.Create.Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static DesiredDeployment replicas(int min, int max) {
        return new DesiredDeployment(
                DEPLOYMENT.modelId(),
                DEPLOYMENT.modelVersion(),
                DEPLOYMENT.fingerprint(),
                DEPLOYMENT.machineType(),
                min,
                max);
    }

    private static ObservedCloud granted(DesiredCloud desired, Binding... more) {
        ObservedCloud settled = settled(desired);
        Set<Binding> bindings = new HashSet<>(settled.grantPolicy().bindings());
        bindings.addAll(List.of(more));
        return CloudStates.withGrantPolicy(settled, ObservedPolicy.of(bindings));
    }

    private static ObservedCloud settled(DesiredCloud desired) {
        ModelCloud cloud = ModelCloud.empty();
        Rounds.until(cloud, desired, CloudDiff::plan);
        return cloud.state();
    }
}
