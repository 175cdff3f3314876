package dev.secureprediction.sandbox.cloud.api;

import com.google.cloud.aiplatform.v1.GetModelRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsResponse;
import com.google.cloud.aiplatform.v1.ListModelsRequest;
import com.google.cloud.aiplatform.v1.ListModelsResponse;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.ModelServiceGrpc.ModelServiceImplBase;
import dev.secureprediction.sandbox.cloud.CloudState;
import io.grpc.stub.StreamObserver;

/** `google.cloud.aiplatform.v1.ModelService`, reading only. */
final class ModelApi extends ModelServiceImplBase {
    private final CloudState state;

    ModelApi(CloudState state) {
        this.state = state;
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<Model> observer) {
        Replies.send(observer, state.models().get(request.getName()));
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        var page = Page.of(state.models().list(request.getParent()), request.getPageSize(), request.getPageToken());
        Replies.send(
                observer,
                ListModelsResponse.newBuilder()
                        .addAllModels(page.items())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void listModelVersions(
            ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> observer) {
        var page = Page.of(state.models().versions(request.getName()), request.getPageSize(), request.getPageToken());
        Replies.send(
                observer,
                ListModelVersionsResponse.newBuilder()
                        .addAllModels(page.items())
                        .setNextPageToken(page.nextToken())
                        .build());
    }
}
