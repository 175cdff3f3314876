package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.OPERATOR;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.PROJECT;
import static dev.secureprediction.operator.cloud.google.GoogleSandbox.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.Binding;
import com.google.protobuf.FieldMask;
import com.google.rpc.Code;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.diff.Obstacle;
import dev.secureprediction.operator.permission.OperatorFeature;
import dev.secureprediction.sandbox.cloud.observe.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in the way is named, and what is not ours stays as it was. */
final class CloudRefusalIT {

    private static final String ACCOUNTS = "projects/" + PROJECT + "/serviceAccounts/";

    private static final Map<String, Set<String>> PERMISSIONS = Map.of(GoogleSandbox.PROJECT, OperatorFeature.role());

    private GoogleSandbox google;

    @BeforeEach
    void start() {
        google = new GoogleSandbox();
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void a_version_with_other_content_is_not_deployed() {
        DesiredCloud desired = google.deployed(
                "wrong", new DesiredDeployment("1234567890", "18", "9f2c41d07be85a63", "n1-standard-4", 1, 1));

        CloudResult result = google.applier().converge(desired, Optional.empty());

        assertThat(result.plan().obstacles())
                .containsExactly(new Obstacle.FingerprintMismatch(
                        "1234567890@18", "9f2c41d07be85a63", Optional.of("c07d1e9a5b2f4836")));
        assertThat(google.cloud().calls().of("CreateEndpoint")).isEmpty();
    }

    @Test
    void a_version_that_does_not_exist_is_named() {
        DesiredCloud desired = google.deployed(
                "nowhere", new DesiredDeployment("1234567890", "99", "9f2c41d07be85a63", "n1-standard-4", 1, 1));

        assertThat(google.applier().converge(desired, Optional.empty()).plan().obstacles())
                .containsExactly(new Obstacle.ModelMissing("1234567890@99"));
    }

    @Test
    void namesakes_without_our_mark_stay_untouched_both_ways() {
        // given an account and an endpoint that somebody made under our names
        DesiredCloud desired = google.deployed("namesake");
        ServiceAccount account = google.cloud()
                .state()
                .accounts()
                .create("projects/" + PROJECT, "spe-namesake", ServiceAccount.getDefaultInstance());
        google.cloud()
                .state()
                .endpoints()
                .create(
                        GoogleSandbox.LOCATION,
                        "spe-namesake",
                        Endpoint.newBuilder().setDisplayName("somebody's").build());
        google.operationsEnd();
        Endpoint endpoint = google.cloud().state().endpoints().get(endpoint("spe-namesake"));

        // when
        CloudResult up = google.applier().converge(desired, Optional.empty());
        CloudResult down = google.applier().remove(desired, Optional.empty());

        // then
        assertThat(up.plan().obstacles())
                .containsExactly(
                        new Obstacle.ConflictUnmanaged(
                                "serviceAccounts/" + desired.serviceAccount().email()),
                        new Obstacle.ConflictUnmanaged("endpoints/spe-namesake"));
        assertThat(down.settled()).isTrue();
        assertThat(google.cloud().calls().mutating())
                .noneMatch(call -> !call.method().endsWith("GenerateAccessToken"));
        assertThat(google.cloud().state().accounts().get(account.getName())).isEqualTo(account);
        assertThat(google.cloud().state().endpoints().get(endpoint("spe-namesake")))
                .isEqualTo(endpoint);
    }

    @Test
    void a_role_that_was_widened_is_not_granted_and_says_by_what() {
        widen("aiplatform.endpoints.predict", "aiplatform.endpoints.delete");

        CloudResult result = google.applier().converge(google.publisher("greedy"), Optional.empty());

        assertThat(result.plan().obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.message()).contains("aiplatform.endpoints.delete"));
        assertThat(google.cloud()
                        .state()
                        .policies()
                        .current("projects/" + PROJECT)
                        .getBindingsList())
                .noneMatch(b -> b.getRole().equals(ROLE));
        assertThat(google.resources().preflight(google.scope(), ROLE, PERMISSIONS))
                .isInstanceOf(Preflight.RoleUnfit.class);
    }

    @Test
    void a_missing_permission_is_named() {
        google.cloud()
                .state()
                .policies()
                .revoke(
                        "projects/" + PROJECT,
                        "projects/" + PROJECT + "/roles/securePredictionOperator",
                        "serviceAccount:" + OPERATOR);

        CloudResult result = google.applier().converge(google.publisher("denied"), Optional.empty());

        assertThat(result.failure())
                .hasValueSatisfying(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                CloudException.Denied.class,
                                denied -> assertThat(denied.permission()).isEqualTo("iam.serviceAccounts.get")));
    }

    @Test
    void an_account_that_may_not_be_impersonated_is_named() {
        assertThat(google.resources().preflight(google.scope(), ROLE, PERMISSIONS))
                .isInstanceOf(Preflight.Ready.class);
        google.cloud()
                .state()
                .policies()
                .revoke(
                        ACCOUNTS + OPERATOR,
                        "roles/iam.serviceAccountTokenCreator",
                        "serviceAccount:secure-prediction-operator@acme-platform.iam.gserviceaccount.com");

        try (GoogleCloudResources restarted = google.restarted()) {
            assertThat(restarted.preflight(google.scope(), ROLE, PERMISSIONS))
                    .isInstanceOfSatisfying(
                            Preflight.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .isInstanceOfSatisfying(CloudException.Denied.class, denied -> {
                                        assertThat(denied.permission()).isEqualTo("iam.serviceAccounts.getAccessToken");
                                        assertThat(denied.resource()).isEqualTo(OPERATOR);
                                    }));
        }
    }

    @Test
    void a_policy_without_room_is_told_before_anything_is_made() {
        Binding.Builder full = Binding.newBuilder().setRole("roles/viewer");
        for (int i = 0; i < 1_500; i++) {
            full.addMembers("user:person" + i + "@example.com");
        }
        google.cloud().state().policies().grant("projects/" + PROJECT, full.build());

        assertThat(google.resources().preflight(google.scope(), ROLE, PERMISSIONS))
                .isInstanceOfSatisfying(Preflight.PolicyFull.class, found -> {
                    assertThat(found.project()).isEqualTo(PROJECT);
                    assertThat(found.principals()).isGreaterThanOrEqualTo(1_500);
                });
    }

    @Test
    void what_is_used_of_quotas_is_counted_and_nothing_fails_where_it_may_not_be() {
        for (int i = 0; i < 120; i++) { // more than Google gives at once
            google.cloud()
                    .state()
                    .accounts()
                    .create(
                            "projects/" + PROJECT,
                            "somebody-" + i,
                            ServiceAccount.newBuilder().build());
        }
        google.cloud().state().policies().grant("projects/" + PROJECT, "roles/viewer", "user:person@example.com");

        assertThat(google.resources().preflight(google.scope(), ROLE, PERMISSIONS))
                .isInstanceOfSatisfying(Preflight.Ready.class, ready -> {
                    assertThat(ready.room().accounts())
                            .hasValueSatisfying(count -> assertThat(count)
                                    .isEqualTo(google.cloud()
                                            .state()
                                            .accounts()
                                            .list("projects/" + PROJECT)
                                            .size())
                                    .isGreaterThan(120));
                    assertThat(ready.room().principals().get(PROJECT)).isPositive();
                });

        Set<String> without = new TreeSet<>(OperatorFeature.role());
        without.removeAll(OperatorFeature.Quotas.permissions());
        google.cloud()
                .state()
                .roles()
                .update(
                        "projects/" + PROJECT + "/roles/securePredictionOperator",
                        Role.newBuilder().addAllIncludedPermissions(without).build(),
                        FieldMask.newBuilder().addPaths("included_permissions").build());
        assertThat(google.resources().preflight(google.scope(), ROLE, Map.of(PROJECT, without)))
                .isInstanceOfSatisfying(
                        Preflight.Ready.class,
                        ready -> assertThat(ready.room().accounts()).isEmpty());
    }

    @Test
    void a_used_up_quota_says_when_to_come_back() {
        google.cloud().faults().quota(Quota.IAM_WRITES, 0);

        CloudResult result = google.applier().converge(google.publisher("quota"), Optional.empty());

        assertThat(result.failure()).hasValueSatisfying(e -> {
            assertThat(e).isInstanceOf(CloudException.QuotaExceeded.class);
            assertThat(e.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive());
        });
    }

    @Test
    void a_service_that_is_down_is_unavailable_and_a_blip_is_not_noticed() {
        DesiredCloud desired = google.deployed("blip");
        google.up(desired);

        google.cloud().faults().fail("GetEndpoint", Code.UNAVAILABLE, 1);
        assertThat(google.applier().converge(desired, Optional.empty()).settled())
                .isTrue();

        google.cloud().faults().fail("GetEndpoint", Code.UNAVAILABLE, 100);
        CloudResult down = google.applier().converge(desired, Optional.empty());
        assertThat(down.failure()).containsInstanceOf(CloudException.Unavailable.class);
        assertThat(down.observed()).isEmpty();

        google.cloud().faults().reset();
        assertThat(google.applier().converge(desired, Optional.empty()).settled())
                .isTrue();
    }

    @Test
    void endpoint_policies_fail_in_the_same_words_over_rest() {
        DesiredCloud desired = google.deployed("rest");
        google.up(desired);

        google.cloud().faults().fail("google.iam.v1.IAMPolicy/GetIamPolicy", Code.UNAVAILABLE, 100);
        assertThat(google.applier().converge(desired, Optional.empty()).failure())
                .containsInstanceOf(CloudException.Unavailable.class);

        google.cloud().faults().reset();
        google.cloud().faults().fail("google.iam.v1.IAMPolicy/GetIamPolicy", Code.PERMISSION_DENIED, 100);
        assertThat(google.applier().converge(desired, Optional.empty()).failure())
                .containsInstanceOf(CloudException.Denied.class);
    }

    @Test
    void a_policy_that_takes_its_time_to_be_enforced_is_still_settled() {
        google.cloud().faults().propagationDelay(Duration.ofMinutes(2));
        DesiredCloud desired = google.publisher("slow");

        assertThat(google.up(desired).settled()).isTrue();
    }

    private void widen(String... permissions) {
        google.cloud()
                .state()
                .roles()
                .update(
                        ROLE,
                        Role.newBuilder()
                                .addAllIncludedPermissions(List.of(permissions))
                                .build(),
                        FieldMask.newBuilder().addPaths("included_permissions").build());
    }

    private static String endpoint(String id) {
        return GoogleSandbox.LOCATION + "/endpoints/" + id;
    }
}
