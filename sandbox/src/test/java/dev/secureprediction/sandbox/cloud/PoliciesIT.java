package dev.secureprediction.sandbox.cloud;

import static dev.secureprediction.sandbox.cloud.CloudFixture.ADMINISTRATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.INVOKER;
import static dev.secureprediction.sandbox.cloud.CloudFixture.LOCATION;
import static dev.secureprediction.sandbox.cloud.CloudFixture.OPERATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.protobuf.ByteString;
import com.google.type.Expr;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Policies of endpoints and projects, by Google's own clients over TLS. */
@Timeout(60)
class PoliciesIT {
    private static final String ENDPOINT = LOCATION + "/endpoints/fraud-scores";
    private static final String RESOURCE = "projects/" + PROJECT;
    private static final String PREDICT = "aiplatform.endpoints.predict";

    private CloudFixture fixture;
    private EndpointServiceClient endpoints;
    private ProjectsClient projects;

    @BeforeEach
    void start() throws Exception {
        fixture = new CloudFixture();
        endpoints = fixture.endpoints(OPERATOR);
        projects = fixture.projects(OPERATOR);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void of_two_writers_who_read_the_same_one_loses_and_nothing_is_lost() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> first = () -> addUntilDone("user:first@example.com");
            Callable<Integer> second = () -> addUntilDone("user:second@example.com");
            for (Future<Integer> done : threads.invokeAll(List.of(first, second))) {
                assertThat(done.get()).isPositive();
            }
        }

        assertThat(endpointPolicy().getBindings(0).getMembersList())
                .containsExactlyInAnyOrder("user:first@example.com", "user:second@example.com");
    }

    @Test
    void a_stale_etag_is_refused_and_no_etag_overwrites() {
        Policy unset = endpointPolicy();
        assertThat(unset.getEtag().toByteArray()).containsExactly(0, 0x20, 0x01);
        set(ENDPOINT, with(unset, binding(INVOKER, "user:a@example.com")));

        assertThatThrownBy(() -> set(ENDPOINT, with(unset, binding(INVOKER, "user:b@example.com"))))
                .isInstanceOf(AbortedException.class)
                .hasMessageContaining("There were concurrent policy changes.");
        set(ENDPOINT, with(Policy.getDefaultInstance(), binding(INVOKER, "user:b@example.com")));

        assertThat(endpointPolicy().getBindings(0).getMembersList()).containsExactly("user:b@example.com");
    }

    @Test
    void a_binding_on_an_endpoint_opens_that_endpoint_alone() throws Exception {
        set(ENDPOINT, with(endpointPolicy(), binding(INVOKER, "user:analyst@example.com")));
        var analyst = fixture.endpoints("user:analyst@example.com");
        var asked = List.of(PREDICT, "aiplatform.googleapis.com/" + PREDICT, "aiplatform.endpoints.delete");

        var here = analyst.testIamPermissions(TestIamPermissionsRequest.newBuilder()
                .setResource(ENDPOINT)
                .addAllPermissions(asked)
                .build());
        var there = analyst.testIamPermissions(TestIamPermissionsRequest.newBuilder()
                .setResource(LOCATION + "/endpoints/other")
                .addAllPermissions(asked)
                .build());

        assertThat(here.getPermissionsList()).containsExactly(PREDICT, "aiplatform.googleapis.com/" + PREDICT);
        assertThat(there.getPermissionsList()).isEmpty();
    }

    @Test
    void the_operator_grants_its_invoker_role_on_the_project_and_no_other() {
        Policy before = projects.getIamPolicy(version3(RESOURCE));

        Policy after = projects.setIamPolicy(change(RESOURCE, with(before, binding(INVOKER, "user:a@example.com"))));

        assertThat(after.getBindingsList()).contains(binding(INVOKER, "user:a@example.com"));
        assertThatThrownBy(() -> projects.setIamPolicy(
                        change(RESOURCE, with(after, binding("roles/owner", "user:mallory@example.com")))))
                .isInstanceOfSatisfying(
                        PermissionDeniedException.class,
                        denied -> assertThat(denied.getMetadata())
                                .containsEntry("permission", "resourcemanager.projects.setIamPolicy"));
        assertThatThrownBy(() -> projects.setIamPolicy(change(RESOURCE, Policy.getDefaultInstance())))
                .isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void conditions_are_seen_and_written_with_version_three_only() throws Exception {
        Policy old = projects.getIamPolicy(
                GetIamPolicyRequest.newBuilder().setResource(RESOURCE).build());

        assertThat(old.getVersion()).isEqualTo(1);
        assertThat(old.getBindingsList()).noneMatch(Binding::hasCondition);
        assertThat(old.getBindingsList()).anyMatch(b -> b.getRole().contains("_withcond_"));
        var administrator = fixture.projects(ADMINISTRATOR);
        assertThatThrownBy(() -> administrator.setIamPolicy(change(RESOURCE, old)))
                .isInstanceOf(InvalidArgumentException.class);
        Policy policy = projects.getIamPolicy(version3(RESOURCE));
        assertThat(policy.getBindingsList()).anyMatch(Binding::hasCondition);
        assertThatThrownBy(() -> administrator.setIamPolicy(
                        change(RESOURCE, policy.toBuilder().setVersion(1).build())))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void a_grant_ends_when_its_condition_says_so() throws Exception {
        String inTenMinutes = fixture.cloud
                .state()
                .clock()
                .instant()
                .plus(Duration.ofMinutes(10))
                .toString();
        Binding temporary = binding(INVOKER, "user:a@example.com").toBuilder()
                .setCondition(Expr.newBuilder().setExpression("request.time < timestamp('" + inTenMinutes + "')"))
                .build();
        set(
                ENDPOINT,
                with(endpointPolicy(), temporary).toBuilder().setVersion(3).build());
        var request = TestIamPermissionsRequest.newBuilder()
                .setResource(ENDPOINT)
                .addPermissions(PREDICT)
                .build();
        var client = fixture.endpoints("user:a@example.com");
        assertThat(client.testIamPermissions(request).getPermissionsList()).containsExactly(PREDICT);

        fixture.cloud.state().clock().advance(Duration.ofMinutes(11));

        assertThat(client.testIamPermissions(request).getPermissionsList()).isEmpty();
    }

    @Test
    void members_and_roles_must_exist() {
        for (Binding unknown : List.of(
                binding(INVOKER, "serviceAccount:nobody@acme-ml-qa.iam.gserviceaccount.com"),
                binding(INVOKER, "serviceAccount:elsewhere.svc.id.goog[a/b]"),
                binding("projects/acme-ml-qa/roles/nothing", "user:a@example.com"),
                binding(INVOKER, "a@example.com"))) {
            assertThatThrownBy(() -> set(ENDPOINT, with(endpointPolicy(), unknown)))
                    .as(unknown.toString())
                    .isInstanceOf(InvalidArgumentException.class);
        }
    }

    @Test
    void a_change_takes_a_while_to_be_enforced_when_told_to() throws Exception {
        fixture.cloud.faults().propagationDelay(Duration.ofMinutes(2));
        set(ENDPOINT, with(endpointPolicy(), binding(INVOKER, "user:a@example.com")));
        var request = TestIamPermissionsRequest.newBuilder()
                .setResource(ENDPOINT)
                .addPermissions(PREDICT)
                .build();
        var client = fixture.endpoints("user:a@example.com");

        assertThat(client.testIamPermissions(request).getPermissionsList()).isEmpty();
        assertThat(endpointPolicy().getBindingsList()).hasSize(1);
        fixture.cloud.state().clock().advance(Duration.ofMinutes(3));
        assertThat(client.testIamPermissions(request).getPermissionsList()).containsExactly(PREDICT);
    }

    @Test
    void a_role_grants_what_it_holds_at_this_moment() throws Exception {
        var iam = fixture.iam(OPERATOR);
        assertThat(iam.getRole(GetRoleRequest.newBuilder().setName(INVOKER).build())
                        .getIncludedPermissionsList())
                .containsExactly(PREDICT);
        set(ENDPOINT, with(endpointPolicy(), binding(INVOKER, "user:a@example.com")));
        var principal = Principal.of("user:a@example.com");

        fixture.cloud.state().roles().delete(INVOKER, ByteString.EMPTY);

        assertThat(fixture.cloud.state().access().permitted(principal, PREDICT, ENDPOINT))
                .isFalse();
        fixture.cloud.state().roles().undelete(INVOKER, ByteString.EMPTY);
        assertThat(fixture.cloud.state().access().permitted(principal, PREDICT, ENDPOINT))
                .isTrue();
    }

    private int addUntilDone(String member) {
        int attempts = 0;
        while (true) {
            attempts++;
            try {
                set(ENDPOINT, with(endpointPolicy(), binding(INVOKER, member)));
                return attempts;
            } catch (AbortedException e) {
                assertThat(attempts).isLessThan(20);
            }
        }
    }

    private Policy endpointPolicy() {
        return endpoints.getIamPolicy(version3(ENDPOINT));
    }

    private void set(String resource, Policy policy) {
        assertThat(endpoints.setIamPolicy(change(resource, policy)).getEtag()).isNotEmpty();
    }

    private static GetIamPolicyRequest version3(String resource) {
        return GetIamPolicyRequest.newBuilder()
                .setResource(resource)
                .setOptions(GetPolicyOptions.newBuilder().setRequestedPolicyVersion(3))
                .build();
    }

    private static SetIamPolicyRequest change(String resource, Policy policy) {
        return SetIamPolicyRequest.newBuilder()
                .setResource(resource)
                .setPolicy(policy)
                .build();
    }

    private static Policy with(Policy policy, Binding binding) {
        return policy.toBuilder().addBindings(binding).build();
    }

    private static Binding binding(String role, String member) {
        return Binding.newBuilder().setRole(role).addMembers(member).build();
    }
}
