package dev.secureprediction.sandbox.cloud.api;

import com.google.cloud.aiplatform.v1.CreateEndpointRequest;
import com.google.cloud.aiplatform.v1.DeleteEndpointRequest;
import com.google.cloud.aiplatform.v1.DeployModelRequest;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.EndpointServiceGrpc.EndpointServiceImplBase;
import com.google.cloud.aiplatform.v1.GetEndpointRequest;
import com.google.cloud.aiplatform.v1.ListEndpointsRequest;
import com.google.cloud.aiplatform.v1.ListEndpointsResponse;
import com.google.cloud.aiplatform.v1.MutateDeployedModelRequest;
import com.google.cloud.aiplatform.v1.UndeployModelRequest;
import com.google.cloud.aiplatform.v1.UpdateEndpointRequest;
import com.google.longrunning.Operation;
import dev.secureprediction.sandbox.cloud.CloudState;
import io.grpc.stub.StreamObserver;

/** `google.cloud.aiplatform.v1.EndpointService`. */
final class EndpointApi extends EndpointServiceImplBase {
    private final CloudState state;

    EndpointApi(CloudState state) {
        this.state = state;
    }

    @Override
    public void createEndpoint(CreateEndpointRequest request, StreamObserver<Operation> observer) {
        Replies.send(
                observer,
                state.endpoints().create(request.getParent(), request.getEndpointId(), request.getEndpoint()));
    }

    @Override
    public void getEndpoint(GetEndpointRequest request, StreamObserver<Endpoint> observer) {
        Replies.send(observer, state.endpoints().get(request.getName()));
    }

    @Override
    public void listEndpoints(ListEndpointsRequest request, StreamObserver<ListEndpointsResponse> observer) {
        var page = Page.of(
                state.endpoints().list(request.getParent(), request.getFilter()),
                request.getPageSize(),
                request.getPageToken());
        Replies.send(
                observer,
                ListEndpointsResponse.newBuilder()
                        .addAllEndpoints(page.items())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void updateEndpoint(UpdateEndpointRequest request, StreamObserver<Endpoint> observer) {
        Replies.send(observer, state.endpoints().update(request.getEndpoint(), request.getUpdateMask()));
    }

    @Override
    public void deleteEndpoint(DeleteEndpointRequest request, StreamObserver<Operation> observer) {
        Replies.send(observer, state.endpoints().delete(request.getName()));
    }

    @Override
    public void deployModel(DeployModelRequest request, StreamObserver<Operation> observer) {
        Replies.send(
                observer,
                state.deployments()
                        .deploy(request.getEndpoint(), request.getDeployedModel(), request.getTrafficSplitMap()));
    }

    @Override
    public void undeployModel(UndeployModelRequest request, StreamObserver<Operation> observer) {
        Replies.send(
                observer,
                state.deployments()
                        .undeploy(request.getEndpoint(), request.getDeployedModelId(), request.getTrafficSplitMap()));
    }

    @Override
    public void mutateDeployedModel(MutateDeployedModelRequest request, StreamObserver<Operation> observer) {
        Replies.send(
                observer,
                state.deployments().mutate(request.getEndpoint(), request.getDeployedModel(), request.getUpdateMask()));
    }
}
