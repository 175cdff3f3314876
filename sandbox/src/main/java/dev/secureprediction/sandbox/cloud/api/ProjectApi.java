package dev.secureprediction.sandbox.cloud.api;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc.ProjectsImplBase;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import io.grpc.stub.StreamObserver;

/** `google.cloud.resourcemanager.v3.Projects`: reading a project, its policy. */
final class ProjectApi extends ProjectsImplBase {
    private final CloudState state;

    ProjectApi(CloudState state) {
        this.state = state;
    }

    @Override
    public void getProject(GetProjectRequest request, StreamObserver<Project> observer) {
        String id = state.projects().withId(request.getName()).substring("projects/".length());
        String number = state.projects()
                .number(id)
                .orElseThrow(() -> GoogleErrors.notFound("The project " + id + " does not exist."));
        Replies.send(
                observer,
                Project.newBuilder()
                        .setName("projects/" + number)
                        .setProjectId(id)
                        .setDisplayName(id)
                        .setState(Project.State.ACTIVE)
                        .build());
    }

    @Override
    public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> observer) {
        Replies.send(observer, PolicyRequests.read(state, request));
    }

    @Override
    public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> observer) {
        Policy wanted = PolicyRequests.masked(state, request);
        // what a conditional grant of this permission allows depends on what the change is
        state.access()
                .require(
                        Caller.current(),
                        "resourcemanager.projects.setIamPolicy",
                        request.getResource(),
                        state.policies().modifiedRoles(request.getResource(), wanted));
        Replies.send(observer, state.policies().write(request.getResource(), wanted));
    }

    @Override
    public void testIamPermissions(
            TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> observer) {
        Replies.send(observer, PolicyRequests.held(state, request));
    }
}
