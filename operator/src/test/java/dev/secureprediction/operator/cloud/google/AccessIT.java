package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.PROJECT;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.ListServiceAccountKeysRequest.KeyType;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.FieldMask;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.status.CloudReport;
import dev.secureprediction.operator.status.CloudReports;
import dev.secureprediction.sandbox.cloud.iam.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What somebody with gcloud does to our accounts is seen: keys, roles, impersonation, deletion, crowded policies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessIT {

    private static final String RESOURCE = "projects/" + PROJECT;
    private static final String USER = "roles/aiplatform.user";

    private GoogleSandbox google;

    @BeforeAll
    void start() {
        google = new GoogleSandbox();
    }

    @AfterAll
    void stop() {
        google.close();
    }

    @Test
    void a_key_that_somebody_made_is_deleted_and_is_drift() {
        DesiredCloud desired = google.publisher("keyed");
        google.up(desired);
        google.cloud().state().keys().create(account(desired));

        CloudReport report = once(desired);

        assertThat(google.cloud().state().keys().list(account(desired), List.of(KeyType.USER_MANAGED)))
                .isEmpty();
        assertThat(report.drift()).singleElement().satisfies(drift -> {
            assertThat(drift.field()).isEqualTo("keys");
            assertThat(drift.reverted()).isTrue();
        });
        assertThat(report.identity().reason()).isEqualTo(Reason.Partial);
    }

    @Test
    void a_role_given_on_the_project_is_reported_with_its_permissions_and_stays() {
        DesiredCloud desired = google.deployed("widened");
        google.up(desired);
        policies().grant(RESOURCE, USER, desired.accountMember());

        CloudReport report = once(desired);

        assertThat(report.identity().reason()).isEqualTo(Reason.ExcessPermission);
        assertThat(report.identity().message()).contains(USER, RESOURCE, "aiplatform.");
        assertThat(policies().current(RESOURCE).toString()).contains(desired.accountMember());
        policies().revoke(RESOURCE, USER, desired.accountMember());
        assertThat(once(desired).identity().reason()).isEqualTo(Reason.Partial);
    }

    @Test
    void who_may_act_as_the_account_is_reported_and_revoked_where_the_environment_asks_for_it() {
        DesiredCloud desired = google.publisher("impersonated");
        google.up(desired);
        String account =
                RESOURCE + "/serviceAccounts/" + desired.serviceAccount().email();
        policies().grant(account, "roles/iam.serviceAccountTokenCreator", "user:mallory@example.com");
        assertThat(once(desired).identity().reason()).isEqualTo(Reason.ExcessPermission);

        CloudReport report = once(revoking(desired));

        assertThat(policies().current(account).toString()).doesNotContain("mallory");
        assertThat(report.identity().reason()).isEqualTo(Reason.Partial);
    }

    @Test
    void an_account_that_was_deleted_comes_back_as_another_one_and_nothing_of_the_old_one_is_left() {
        DesiredCloud desired = google.publisher("reborn");
        google.up(desired);
        String name = RESOURCE + "/serviceAccounts/" + desired.serviceAccount().email();
        String before = uid(desired);
        google.cloud().state().identity().deleteAccount(name);
        assertThat(policies().current(RESOURCE).toString()).contains("deleted:" + desired.accountMember());

        google.up(desired);

        assertThat(uid(desired)).isNotEqualTo(before);
        assertThat(policies().current(RESOURCE).toString()).doesNotContain("deleted:" + desired.accountMember());
        assertThat(members(ROLE)).contains(desired.accountMember());
    }

    @Test
    void fifteen_hundred_principals_are_read_counted_and_survive() {
        DesiredCloud desired = google.publisher("crowd");
        google.up(desired);
        int own = google.resources()
                .observe(desired, Optional.empty())
                .grantPolicy()
                .principals();
        Binding.Builder crowd = Binding.newBuilder().setRole("roles/viewer");
        for (int i = own; i < ObservedPolicy.MOST_PRINCIPALS; i++) {
            crowd.addMembers("user:somebody-" + i + "@example.com");
        }
        policies().grant(RESOURCE, crowd.build());

        // when the policy is full and our own member is taken away
        policies().revoke(RESOURCE, ROLE, desired.accountMember());
        google.up(desired);
        assertThat(members("roles/viewer")).hasSize(crowd.getMembersCount());
        assertThat(members(ROLE)).contains(desired.accountMember());

        // and when no place is left for it
        policies().revoke(RESOURCE, ROLE, desired.accountMember());
        policies().grant(RESOURCE, "roles/viewer", "user:one-too-many@example.com");
        CloudReport report = once(desired);
        assertThat(report.identity().reason()).isEqualTo(Reason.QuotaExceeded);
        assertThat(report.identity().message()).contains("1500 principals");
        policies().write(RESOURCE, without("roles/viewer"));
    }

    @Test
    void what_may_not_be_read_is_said_and_stops_nothing() {
        DesiredCloud desired = google.publisher("blind");
        google.up(desired);
        String operator = RESOURCE + "/roles/securePredictionOperator";
        Role full = google.cloud().state().roles().get(operator);
        List<String> fewer = new ArrayList<>(full.getIncludedPermissionsList());
        fewer.remove("iam.serviceAccountKeys.list");
        permissions(operator, fewer);

        CloudReport report = once(desired);

        permissions(operator, full.getIncludedPermissionsList());
        assertThat(report.identity().reason()).isEqualTo(Reason.Partial);
        assertThat(report.unread()).contains("keys of the account: iam.serviceAccountKeys.list is missing");
    }

    @Test
    void a_role_that_somebody_widened_is_named_with_the_line_that_narrows_it() {
        DesiredCloud desired = google.publisher("toowide");
        google.up(desired);
        permissions(ROLE, List.of("aiplatform.endpoints.predict", "aiplatform.endpoints.deploy"));

        CloudReport report = once(desired);

        permissions(ROLE, List.of("aiplatform.endpoints.predict"));
        assertThat(report.identity().reason()).isEqualTo(Reason.RoleTooWide);
        assertThat(report.identity().message())
                .contains("gcloud iam roles update securePredictionInvoker --project acme-ml-qa"
                        + " --remove-permissions aiplatform.endpoints.deploy");
    }

    private CloudReport once(DesiredCloud desired) {
        CloudResult result = google.applier().converge(desired, Optional.empty());
        assertThat(result.failure()).isEqualTo(Optional.<CloudException>empty());
        return CloudReports.of(desired, result, true);
    }

    private void permissions(String role, List<String> permissions) {
        google.cloud()
                .state()
                .roles()
                .update(
                        role,
                        Role.newBuilder().addAllIncludedPermissions(permissions).build(),
                        FieldMask.newBuilder().addPaths("included_permissions").build());
    }

    private List<String> members(String role) {
        return policies().current(RESOURCE).getBindingsList().stream()
                .filter(binding -> binding.getRole().equals(role))
                .flatMap(binding -> binding.getMembersList().stream())
                .toList();
    }

    private Policy without(String role) {
        Policy.Builder policy = policies().current(RESOURCE).toBuilder().clearBindings();
        policies().current(RESOURCE).getBindingsList().stream()
                .filter(binding -> !binding.getRole().equals(role))
                .forEach(policy::addBindings);
        return policy.build();
    }

    private ServiceAccount account(DesiredCloud desired) {
        return google.cloud()
                .state()
                .accounts()
                .get(RESOURCE + "/serviceAccounts/" + desired.serviceAccount().email());
    }

    private String uid(DesiredCloud desired) {
        return google.resources().observe(desired, Optional.empty()).account()
                        instanceof ObservedServiceAccount.Present found
                ? found.uid()
                : "";
    }

    private static DesiredCloud revoking(DesiredCloud desired) {
        return new DesiredCloud(
                desired.scope(),
                desired.owner(),
                desired.serviceAccount(),
                desired.invokerRole(),
                desired.grant(),
                desired.workloadIdentityMember(),
                desired.endpoint(),
                desired.deletionPolicy(),
                false,
                true);
    }

    private Policies policies() {
        return google.cloud().state().policies();
    }
}
