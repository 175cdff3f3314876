package dev.secureprediction.sandbox.cloud.api;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import java.util.List;

/** What the policy methods of every service have in common. */
final class PolicyRequests {

    private PolicyRequests() {}

    static Policy read(CloudState state, GetIamPolicyRequest request) {
        return state.policies().read(request.getResource(), request.getOptions().getRequestedPolicyVersion());
    }

    /** The policy to store: a mask that names bindings alone keeps the rest, by default everything is replaced. */
    static Policy masked(CloudState state, SetIamPolicyRequest request) {
        if (!request.getUpdateMask().getPathsList().equals(List.of("bindings"))) {
            return request.getPolicy();
        }
        return state.policies().current(request.getResource()).toBuilder()
                .clearBindings()
                .addAllBindings(request.getPolicy().getBindingsList())
                .setVersion(request.getPolicy().getVersion())
                .setEtag(request.getPolicy().getEtag())
                .build();
    }

    /** Those of the permissions that the caller holds, each in the form it was asked in. */
    static TestIamPermissionsResponse held(CloudState state, TestIamPermissionsRequest request) {
        Principal caller = Caller.current();
        return TestIamPermissionsResponse.newBuilder()
                .addAllPermissions(request.getPermissionsList().stream()
                        .filter(permission -> state.access().permitted(caller, bare(permission), request.getResource()))
                        .toList())
                .build();
    }

    /** `aiplatform.googleapis.com/aiplatform.endpoints.predict` is the same as without its service. */
    private static String bare(String permission) {
        return permission.substring(permission.lastIndexOf('/') + 1);
    }
}
