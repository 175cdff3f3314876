package dev.secureprediction.sandbox.cloud.api;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.IAMPolicyGrpc.IAMPolicyImplBase;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import io.grpc.stub.StreamObserver;

/** `google.iam.v1.IAMPolicy`, as Vertex AI serves it: policies of endpoints. */
final class EndpointPolicyApi extends IAMPolicyImplBase {
    private final CloudState state;

    EndpointPolicyApi(CloudState state) {
        this.state = state;
    }

    @Override
    public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> observer) {
        requireEndpoint(request.getResource());
        Replies.send(observer, PolicyRequests.read(state, request));
    }

    @Override
    public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> observer) {
        requireEndpoint(request.getResource());
        Replies.send(observer, state.policies().write(request.getResource(), PolicyRequests.masked(state, request)));
    }

    @Override
    public void testIamPermissions(
            TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> observer) {
        Replies.send(observer, PolicyRequests.held(state, request));
    }

    private void requireEndpoint(String resource) {
        if (!resource.contains("/endpoints/")) {
            throw GoogleErrors.invalid("resource: " + resource + " is no endpoint");
        }
        if (state.endpoints().find(resource).isEmpty()) {
            throw GoogleErrors.notFound("The Endpoint " + resource + " does not exist.");
        }
    }
}
