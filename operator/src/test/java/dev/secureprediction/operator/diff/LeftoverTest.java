package dev.secureprediction.operator.diff;

import static dev.secureprediction.operator.cloud.CloudSamples.ENDPOINT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.PolicyTarget;
import org.junit.jupiter.api.Test;

/** An edit moves an endpoint's access elsewhere: nothing of it stays where it was. */
final class LeftoverTest {

    @Test
    void nothing_is_left_where_nothing_moved() {
        DesiredCloud desired = CloudSamples.deployed();

        assertThat(CloudDiff.leavesSomething(desired, desired)).isFalse();
        assertThat(CloudDiff.leftover(desired, settled(desired), desired).settled())
                .isTrue();
    }

    @Test
    void another_project_of_publisher_models_takes_the_old_grant_away() {
        DesiredCloud earlier = CloudSamples.publisher();
        DesiredCloud current = with(
                earlier,
                earlier.scope(),
                earlier.endpoint(),
                new InvokerGrant.OnProject("other"),
                earlier.invokerRole());

        assertThat(CloudDiff.leavesSomething(earlier, current)).isTrue();
        assertThat(CloudDiff.leftover(earlier, settled(earlier), current).changes())
                .containsExactly(new Change.Revoke(earlier.grantTarget(), earlier.invokerBinding()));
    }

    @Test
    void another_role_takes_the_old_one_away() {
        DesiredCloud earlier = CloudSamples.publisher();
        DesiredCloud current =
                with(earlier, earlier.scope(), earlier.endpoint(), earlier.grant(), "projects/acme-ml-qa/roles/other");

        assertThat(CloudDiff.leftover(earlier, settled(earlier), current).changes())
                .containsExactly(new Change.Revoke(earlier.grantTarget(), earlier.invokerBinding()));
    }

    @Test
    void another_location_takes_the_old_endpoint_away_but_not_the_account() {
        DesiredCloud earlier = CloudSamples.deployed();
        CloudScope scope = earlier.scope();
        DesiredCloud current = with(
                earlier,
                new CloudScope(
                        scope.project(),
                        scope.projectNumber(),
                        "europe-west1",
                        scope.operatorServiceAccount(),
                        scope.api()),
                earlier.endpoint(),
                earlier.grant(),
                earlier.invokerRole());

        assertThat(CloudDiff.leftover(earlier, settled(earlier), current).changes())
                .hasExactlyElementsOfTypes(
                        Change.Revoke.class, Change.Delete.Deployment.class, Change.Delete.Endpoint.class)
                .first()
                .isEqualTo(new Change.Revoke(new PolicyTarget.OnEndpoint(ENDPOINT_ID), earlier.invokerBinding()));
    }

    @Test
    void another_endpoint_of_somebody_elses_loses_our_access_alone() {
        DesiredCloud earlier = CloudSamples.existing();
        DesiredCloud current = with(
                earlier, earlier.scope(), new DesiredEndpoint.Existing("4712"), earlier.grant(), earlier.invokerRole());

        // an endpoint of somebody else's is there, with us on it
        assertThat(CloudDiff.leavesSomething(earlier, current)).isTrue();
        assertThat(Shared.keeps(
                        earlier,
                        current,
                        new Change.Revoke(new PolicyTarget.OnEndpoint("4711"), earlier.invokerBinding())))
                .isFalse();
        assertThat(Shared.keeps(
                        earlier,
                        current,
                        new Change.Delete.Account(earlier.serviceAccount().email())))
                .isTrue();
    }

    private static DesiredCloud with(
            DesiredCloud d, CloudScope scope, DesiredEndpoint endpoint, InvokerGrant grant, String role) {
        return new DesiredCloud(
                scope,
                d.owner(),
                d.serviceAccount(),
                role,
                grant,
                d.workloadIdentityMember(),
                endpoint,
                d.deletionPolicy());
    }

    private static ObservedCloud settled(DesiredCloud desired) {
        ModelCloud cloud = ModelCloud.empty();
        Rounds.until(cloud, desired, CloudDiff::plan);
        return cloud.state();
    }
}
