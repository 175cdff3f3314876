package dev.secureprediction.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudStates;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.cloud.Room;
import dev.secureprediction.operator.diff.CloudPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a round with Google Cloud says of identity and endpoint, from nothing to settled and back. */
final class CloudReportsTest {

    private static final DesiredCloud DEPLOYED = CloudSamples.deployed();

    @Test
    void readinessComesLastAndOnce() {
        // given nothing in the cloud
        ModelCloud cloud = ModelCloud.empty();
        List<Reason> endpoint = new ArrayList<>();
        List<Reason> identity = new ArrayList<>();

        // when rounds are made until one finds nothing to do
        CloudResult result = new CloudApplier(cloud).converge(DEPLOYED, Optional.empty());
        while (!result.settled()) {
            note(result, identity, endpoint);
            result = new CloudApplier(cloud).converge(DEPLOYED, result.pendingOperation());
        }
        note(result, identity, endpoint);

        // then access was never called ready before it was granted, and the endpoint not before it answered
        assertThat(endpoint)
                .startsWith(Reason.CreatingEndpoint)
                .contains(Reason.DeployingModel)
                .endsWith(Reason.EndpointDeployed);
        assertThat(identity).startsWith(Reason.Provisioning).endsWith(Reason.Partial);
        assertThat(identity.stream().filter(Reason.Partial::equals)).hasSize(1);
    }

    @Test
    void whatIsPutBackInTheSameRoundIsDriftAndLeavesReadinessAlone() {
        // given a settled endpoint whose binding somebody took away
        ModelCloud settled = settled(CloudSamples.publisher());
        ModelCloud cloud = new ModelCloud(CloudStates.withGrantPolicy(settled.state(), ObservedPolicy.of(Set.of())));

        // when
        CloudResult result = new CloudApplier(cloud).converge(CloudSamples.publisher(), Optional.empty());
        CloudReport report = CloudReports.of(CloudSamples.publisher(), result, true);

        // then
        assertThat(report.identity()).isInstanceOf(Progress.Done.class);
        assertThat(report.drift())
                .singleElement()
                .satisfies(drift -> assertThat(drift.reverted()).isTrue())
                .satisfies(drift -> assertThat(drift.observed()).isEqualTo("absent"));
    }

    @Test
    void onTheWayUpNothingIsDrift() {
        CloudResult result = new CloudApplier(ModelCloud.empty()).converge(CloudSamples.publisher(), Optional.empty());

        CloudReport report = CloudReports.of(CloudSamples.publisher(), result, false);

        assertThat(report.drift()).isEmpty();
        assertThat(report.identity().reason()).isEqualTo(Reason.Provisioning);
        assertThat(report.endpoint().reason()).isEqualTo(Reason.NoEndpointNeeded);
    }

    @Test
    void aRoleThatIsTooWideStopsTheIdentityAlone() {
        ModelCloud settled = settled(CloudSamples.publisher());
        ModelCloud cloud = new ModelCloud(CloudStates.withRole(
                settled.state(),
                new InvokerRole.Present(Set.of("aiplatform.endpoints.predict", "aiplatform.endpoints.delete"))));

        CloudReport report = CloudReports.of(
                CloudSamples.publisher(),
                new CloudApplier(cloud).converge(CloudSamples.publisher(), Optional.empty()),
                false);

        assertThat(report.identity().reason()).isEqualTo(Reason.RoleTooWide);
        assertThat(report.identity().message()).contains("aiplatform.endpoints.delete");
        assertThat(report.endpoint()).isInstanceOf(Progress.Done.class);
    }

    @Test
    void aFailedReadClaimsNothingAndKeepsTheOperation() {
        CloudResult result = new CloudResult(
                Optional.empty(),
                new CloudPlan(List.of(), List.of()),
                List.of(),
                Optional.of("operations/42"),
                Optional.of(new CloudException.Unavailable("aiplatform did not answer", Optional.empty())));

        CloudReport report = CloudReports.of(DEPLOYED, result, true);

        assertThat(report.read()).isFalse();
        assertThat(report.identity().reason()).isEqualTo(Reason.CloudUnavailable);
        assertThat(report.endpoint().reason()).isEqualTo(Reason.CloudUnavailable);
        assertThat(report.pendingOperation()).contains("operations/42");
    }

    @Test
    void anEnvironmentsProjectSaysWhatIsMissing() {
        assertThat(CloudReports.preflight(new Preflight.Ready(new Room(Optional.of(3), Map.of("p", 40))))
                        .reason())
                .isEqualTo(Reason.CloudReachable);
        assertThat(CloudReports.preflight(new Preflight.RoleUnfit("projects/p/roles/r", new InvokerRole.Absent())))
                .satisfies(progress -> assertThat(progress.reason()).isEqualTo(Reason.RoleIncomplete))
                .satisfies(progress -> assertThat(progress.message()).contains("projects/p/roles/r"));
        assertThat(CloudReports.preflight(
                                new Preflight.Refused(new CloudException.Denied("iam.roles.get", "projects/p")))
                        .message())
                .contains("iam.roles.get");
    }

    private static void note(CloudResult result, List<Reason> identity, List<Reason> endpoint) {
        CloudReport report = CloudReports.of(DEPLOYED, result, false);
        identity.add(report.identity().reason());
        endpoint.add(report.endpoint().reason());
    }

    private static ModelCloud settled(DesiredCloud desired) {
        ModelCloud cloud = ModelCloud.empty();
        CloudResult result = new CloudApplier(cloud).converge(desired, Optional.empty());
        while (!result.settled()) {
            result = new CloudApplier(cloud).converge(desired, result.pendingOperation());
        }
        return cloud;
    }
}
