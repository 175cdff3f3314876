package dev.secureprediction.sandbox.cloud.api;

import com.google.iam.admin.v1.CreateRoleRequest;
import com.google.iam.admin.v1.CreateServiceAccountKeyRequest;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteRoleRequest;
import com.google.iam.admin.v1.DeleteServiceAccountKeyRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.google.iam.admin.v1.EnableServiceAccountRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.IAMGrpc.IAMImplBase;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.ListRolesResponse;
import com.google.iam.admin.v1.ListServiceAccountKeysRequest;
import com.google.iam.admin.v1.ListServiceAccountKeysResponse;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.ListServiceAccountsResponse;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.Permission;
import com.google.iam.admin.v1.QueryTestablePermissionsRequest;
import com.google.iam.admin.v1.QueryTestablePermissionsResponse;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.admin.v1.ServiceAccountKey;
import com.google.iam.admin.v1.UndeleteRoleRequest;
import com.google.iam.admin.v1.UndeleteServiceAccountRequest;
import com.google.iam.admin.v1.UndeleteServiceAccountResponse;
import com.google.iam.admin.v1.UpdateRoleRequest;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.Empty;
import dev.secureprediction.sandbox.cloud.CloudState;
import io.grpc.stub.StreamObserver;

/** `google.iam.admin.v1.IAM`: service accounts, their keys and policies, custom roles. */
final class AccountApi extends IAMImplBase {
    private final CloudState state;

    AccountApi(CloudState state) {
        this.state = state;
    }

    @Override
    public void createServiceAccount(CreateServiceAccountRequest request, StreamObserver<ServiceAccount> observer) {
        Replies.send(
                observer,
                state.accounts().create(request.getName(), request.getAccountId(), request.getServiceAccount()));
    }

    @Override
    public void getServiceAccount(GetServiceAccountRequest request, StreamObserver<ServiceAccount> observer) {
        Replies.send(observer, state.accounts().get(request.getName()));
    }

    @Override
    public void listServiceAccounts(
            ListServiceAccountsRequest request, StreamObserver<ListServiceAccountsResponse> observer) {
        var page = Page.of(state.accounts().list(request.getName()), request.getPageSize(), request.getPageToken());
        Replies.send(
                observer,
                ListServiceAccountsResponse.newBuilder()
                        .addAllAccounts(page.items())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void patchServiceAccount(PatchServiceAccountRequest request, StreamObserver<ServiceAccount> observer) {
        Replies.send(observer, state.accounts().patch(request.getServiceAccount(), request.getUpdateMask()));
    }

    @Override
    public void deleteServiceAccount(DeleteServiceAccountRequest request, StreamObserver<Empty> observer) {
        state.identity().deleteAccount(request.getName());
        Replies.send(observer, Empty.getDefaultInstance());
    }

    @Override
    public void undeleteServiceAccount(
            UndeleteServiceAccountRequest request, StreamObserver<UndeleteServiceAccountResponse> observer) {
        Replies.send(
                observer,
                UndeleteServiceAccountResponse.newBuilder()
                        .setRestoredAccount(state.identity().undeleteAccount(request.getName()))
                        .build());
    }

    @Override
    public void enableServiceAccount(EnableServiceAccountRequest request, StreamObserver<Empty> observer) {
        state.accounts().disabled(request.getName(), false);
        Replies.send(observer, Empty.getDefaultInstance());
    }

    @Override
    public void disableServiceAccount(DisableServiceAccountRequest request, StreamObserver<Empty> observer) {
        state.accounts().disabled(request.getName(), true);
        Replies.send(observer, Empty.getDefaultInstance());
    }

    @Override
    public void listServiceAccountKeys(
            ListServiceAccountKeysRequest request, StreamObserver<ListServiceAccountKeysResponse> observer) {
        var account = state.accounts().get(request.getName());
        Replies.send(
                observer,
                ListServiceAccountKeysResponse.newBuilder()
                        .addAllKeys(state.keys().list(account, request.getKeyTypesList()))
                        .build());
    }

    @Override
    public void createServiceAccountKey(
            CreateServiceAccountKeyRequest request, StreamObserver<ServiceAccountKey> observer) {
        Replies.send(observer, state.keys().create(state.accounts().get(request.getName())));
    }

    @Override
    public void deleteServiceAccountKey(DeleteServiceAccountKeyRequest request, StreamObserver<Empty> observer) {
        String account = request.getName().substring(0, request.getName().indexOf("/keys/"));
        state.keys().delete(state.accounts().get(account), request.getName());
        Replies.send(observer, Empty.getDefaultInstance());
    }

    @Override
    public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> observer) {
        state.accounts().get(request.getResource());
        Replies.send(observer, PolicyRequests.read(state, request));
    }

    @Override
    public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> observer) {
        state.accounts().get(request.getResource());
        Replies.send(observer, state.policies().write(request.getResource(), PolicyRequests.masked(state, request)));
    }

    @Override
    public void testIamPermissions(
            TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> observer) {
        Replies.send(observer, PolicyRequests.held(state, request));
    }

    /** What a role can hold, which gcloud asks before it makes one. */
    @Override
    public void queryTestablePermissions(
            QueryTestablePermissionsRequest request, StreamObserver<QueryTestablePermissionsResponse> observer) {
        var known = new MethodRules()
                .permissions().stream()
                        .map(name -> Permission.newBuilder().setName(name).build())
                        .toList();
        var page = Page.of(known, request.getPageSize(), request.getPageToken());
        Replies.send(
                observer,
                QueryTestablePermissionsResponse.newBuilder()
                        .addAllPermissions(page.items())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void createRole(CreateRoleRequest request, StreamObserver<Role> observer) {
        Replies.send(observer, state.roles().create(request.getParent(), request.getRoleId(), request.getRole()));
    }

    @Override
    public void getRole(GetRoleRequest request, StreamObserver<Role> observer) {
        Replies.send(observer, state.roles().get(request.getName()));
    }

    @Override
    public void listRoles(ListRolesRequest request, StreamObserver<ListRolesResponse> observer) {
        var page = Page.of(
                state.roles().list(request.getParent(), request.getShowDeleted()),
                request.getPageSize(),
                request.getPageToken());
        Replies.send(
                observer,
                ListRolesResponse.newBuilder()
                        .addAllRoles(page.items())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void updateRole(UpdateRoleRequest request, StreamObserver<Role> observer) {
        Replies.send(observer, state.roles().update(request.getName(), request.getRole(), request.getUpdateMask()));
    }

    @Override
    public void deleteRole(DeleteRoleRequest request, StreamObserver<Role> observer) {
        Replies.send(observer, state.roles().delete(request.getName(), request.getEtag()));
    }

    @Override
    public void undeleteRole(UndeleteRoleRequest request, StreamObserver<Role> observer) {
        Replies.send(observer, state.roles().undelete(request.getName(), request.getEtag()));
    }
}
