package dev.secureprediction.sandbox.cloud.api;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc.OperationsImplBase;
import dev.secureprediction.sandbox.cloud.CloudState;
import io.grpc.stub.StreamObserver;

/** `google.longrunning.Operations`, reading only. */
final class OperationApi extends OperationsImplBase {
    private final CloudState state;

    OperationApi(CloudState state) {
        this.state = state;
    }

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<Operation> observer) {
        Replies.send(observer, state.operations().get(request.getName()));
    }

    @Override
    public void listOperations(ListOperationsRequest request, StreamObserver<ListOperationsResponse> observer) {
        var page = Page.of(state.operations().list(request.getName()), request.getPageSize(), request.getPageToken());
        Replies.send(
                observer,
                ListOperationsResponse.newBuilder()
                        .addAllOperations(page.items())
                        .setNextPageToken(page.nextToken())
                        .build());
    }
}
