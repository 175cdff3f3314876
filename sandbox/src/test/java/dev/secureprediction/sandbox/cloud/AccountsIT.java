package dev.secureprediction.sandbox.cloud;

import static dev.secureprediction.sandbox.cloud.CloudFixture.ADMINISTRATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.INVOKER;
import static dev.secureprediction.sandbox.cloud.CloudFixture.LOCATION;
import static dev.secureprediction.sandbox.cloud.CloudFixture.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.iam.admin.v1.CreateServiceAccountKeyRequest;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.ListServiceAccountKeysRequest.KeyType;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.admin.v1.UndeleteServiceAccountRequest;
import com.google.protobuf.FieldMask;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Service accounts, by Google's own client over TLS. */
@Timeout(60)
class AccountsIT {
    private static final String EMAIL = "spe-chat-1a2b3c4d@acme-ml-qa.iam.gserviceaccount.com";
    private static final String NAME = "projects/acme-ml-qa/serviceAccounts/" + EMAIL;
    private static final String PREDICT = "aiplatform.endpoints.predict";

    private CloudFixture fixture;
    private IAMClient iam;

    @BeforeEach
    void start() throws Exception {
        fixture = new CloudFixture();
        iam = fixture.iam(OPERATOR);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void are_made_found_changed_and_not_made_twice() {
        ServiceAccount made = create();

        assertThat(made.getName()).isEqualTo(NAME);
        assertThat(iam.getServiceAccount(NAME)).isEqualTo(made);
        assertThat(iam.getServiceAccount("projects/-/serviceAccounts/" + made.getUniqueId()))
                .isEqualTo(made);
        assertThatThrownBy(this::create).isInstanceOf(AlreadyExistsException.class);
        ServiceAccount patched = iam.patchServiceAccount(PatchServiceAccountRequest.newBuilder()
                .setServiceAccount(ServiceAccount.newBuilder().setName(NAME).setDisplayName("chat"))
                .setUpdateMask(FieldMask.newBuilder().addPaths("display_name"))
                .build());
        assertThat(patched.getDisplayName()).isEqualTo("chat");
        assertThat(patched.getDescription()).isEqualTo("installation/namespace/name");
    }

    @Test
    void have_ids_of_six_to_thirty_characters() {
        for (String id : List.of("short", "Upper-case", "ends-with-", "x".repeat(31), "1-digit-first")) {
            assertThatThrownBy(() ->
                            iam.createServiceAccount("projects/acme-ml-qa", id, ServiceAccount.getDefaultInstance()))
                    .as(id)
                    .isInstanceOf(InvalidArgumentException.class);
        }
    }

    @Test
    void leave_their_grants_behind_under_a_name_of_the_dead() {
        ServiceAccount made = create();
        grantInvoker();

        iam.deleteServiceAccount(NAME);

        assertThatThrownBy(() -> iam.getServiceAccount(NAME)).isInstanceOf(NotFoundException.class);
        assertThat(membersOfInvoker())
                .containsExactly("deleted:serviceAccount:" + EMAIL + "?uid=" + made.getUniqueId());
    }

    @Test
    void come_back_with_their_grants_within_thirty_days() {
        ServiceAccount made = create();
        grantInvoker();
        iam.deleteServiceAccount(NAME);
        fixture.cloud.state().clock().advance(Duration.ofMinutes(40));

        iam.undeleteServiceAccount(undeletion(made));

        assertThat(membersOfInvoker()).containsExactly("serviceAccount:" + EMAIL);
        assertThat(iam.getServiceAccount(NAME).getUniqueId()).isEqualTo(made.getUniqueId());
    }

    @Test
    void are_gone_for_good_after_thirty_days() throws Exception {
        ServiceAccount made = create();
        iam.deleteServiceAccount(NAME);

        fixture.cloud.state().clock().advance(Duration.ofDays(31));

        assertThatThrownBy(() -> fixture.iam(OPERATOR).undeleteServiceAccount(undeletion(made)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void start_without_grants_when_made_anew() {
        ServiceAccount first = create();
        grantInvoker();
        String oldToken = fixture.cloud.state().accessToken("serviceAccount:" + EMAIL);
        iam.deleteServiceAccount(NAME);

        ServiceAccount second = create();

        assertThat(second.getUniqueId()).isNotEqualTo(first.getUniqueId());
        var principal = Principal.serviceAccount(EMAIL);
        assertThat(fixture.cloud.state().access().permitted(principal, PREDICT, "projects/acme-ml-qa"))
                .isFalse();
        assertThatThrownBy(() -> fixture.cloud.state().identity().authenticate("Bearer " + oldToken))
                .hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void are_not_told_from_forbidden_ones_without_a_project() {
        assertThatThrownBy(() ->
                        iam.getServiceAccount("projects/-/serviceAccounts/nobody@acme-ml-qa.iam.gserviceaccount.com"))
                .isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void hold_keys_that_the_operator_may_see_but_not_make() throws Exception {
        create();
        fixture.iam(ADMINISTRATOR)
                .createServiceAccountKey(CreateServiceAccountKeyRequest.newBuilder()
                        .setName(NAME)
                        .build());

        assertThat(iam.listServiceAccountKeys(NAME, List.of(KeyType.USER_MANAGED))
                        .getKeysList())
                .singleElement()
                .satisfies(key -> assertThat(key.getPrivateKeyData()).isEmpty());
        assertThatThrownBy(() -> iam.createServiceAccountKey(CreateServiceAccountKeyRequest.newBuilder()
                        .setName(NAME)
                        .build()))
                .isInstanceOfSatisfying(
                        PermissionDeniedException.class,
                        denied -> assertThat(denied.getMetadata())
                                .containsEntry("permission", "iam.serviceAccountKeys.create"));
    }

    @Test
    void mean_no_other_account_in_their_own_policies() throws Exception {
        create();
        var administrator = fixture.iam(ADMINISTRATOR);
        fixture.cloud.state().policies().grant(NAME, "roles/iam.workloadIdentityUser", "user:somebody@example.com");
        administrator.deleteServiceAccount(NAME);

        create();

        assertThat(administrator.getIamPolicy(NAME).getBindingsList()).isEmpty();
    }

    private ServiceAccount create() {
        return iam.createServiceAccount(CreateServiceAccountRequest.newBuilder()
                .setName("projects/acme-ml-qa")
                .setAccountId("spe-chat-1a2b3c4d")
                .setServiceAccount(ServiceAccount.newBuilder().setDescription("installation/namespace/name"))
                .build());
    }

    private void grantInvoker() {
        fixture.cloud.state().policies().grant(LOCATION + "/endpoints/any", INVOKER, "serviceAccount:" + EMAIL);
    }

    private List<String> membersOfInvoker() {
        return List.copyOf(fixture.cloud
                .state()
                .policies()
                .current(LOCATION + "/endpoints/any")
                .getBindings(0)
                .getMembersList());
    }

    private static UndeleteServiceAccountRequest undeletion(ServiceAccount account) {
        return UndeleteServiceAccountRequest.newBuilder()
                .setName("projects/acme-ml-qa/serviceAccounts/" + account.getUniqueId())
                .build();
    }
}
