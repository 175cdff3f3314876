package dev.secureprediction.operator.cloud.google;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.rpc.Code;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.OperationState;
import dev.secureprediction.operator.cloud.Outcome;
import java.time.Duration;
import java.util.Optional;

/** Long-running operations of Vertex AI, by name; none is waited for. */
final class LongOperations {

    private static final GrpcCallContext DEADLINE =
            GrpcCallContext.createDefault().withTimeoutDuration(Duration.ofSeconds(15));
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final GoogleClients clients;

    LongOperations(GoogleClients clients) {
        this.clients = clients;
    }

    /** What one has come to. */
    OperationState state(String name) {
        GetOperationRequest request =
                GetOperationRequest.newBuilder().setName(name).build();
        return GoogleErrors.reading(
                        clients.scope(),
                        name,
                        () -> clients.endpoints()
                                .getOperationsClient()
                                .getOperationCallable()
                                .call(request, DEADLINE))
                .map(LongOperations::state)
                .orElseGet(() -> new OperationState.Vanished(name));
    }

    /**
     * One that runs on a resource. Absent also where they may not be listed: this only guards against a lost name, and
     * what would begin a second time is refused by Google as well.
     */
    Optional<OperationState> runningOn(String resource) {
        String pageToken = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            ListOperationsRequest request = ListOperationsRequest.newBuilder()
                    .setName(resource)
                    .setPageSize(PAGE)
                    .setPageToken(pageToken)
                    .build();
            ListOperationsResponse response;
            try {
                response = list(resource, request);
            } catch (CloudException.Denied | CloudException.Invalid | CloudException.NotFound e) {
                return Optional.empty();
            }
            Optional<OperationState> running = response.getOperationsList().stream()
                    .filter(operation -> !operation.getDone())
                    .map(LongOperations::state)
                    .findFirst();
            pageToken = response.getNextPageToken();
            if (running.isPresent() || pageToken.isEmpty()) {
                return running;
            }
        }
        return Optional.empty();
    }

    private ListOperationsResponse list(String resource, ListOperationsRequest request) {
        return GoogleErrors.calling(
                clients.scope(),
                resource,
                () -> clients.endpoints()
                        .getOperationsClient()
                        .listOperationsCallable()
                        .call(request, DEADLINE));
    }

    /** What beginning one came to; a failure that is known at once is thrown. */
    static Outcome begun(Operation operation, String resource) {
        if (!operation.getDone()) {
            return new Outcome.Pending(operation.getName());
        }
        if (operation.hasError()) {
            throw Failure.of(code(operation), operation.getError().getMessage()).toException(resource);
        }
        return new Outcome.Done();
    }

    private static OperationState state(Operation operation) {
        if (!operation.getDone()) {
            return new OperationState.Running(operation.getName());
        }
        return operation.hasError()
                ? new OperationState.Failed(
                        operation.getName(),
                        code(operation) + ": " + operation.getError().getMessage())
                : new OperationState.Succeeded(operation.getName());
    }

    private static Code code(Operation operation) {
        Code code = Code.forNumber(operation.getError().getCode());
        return code == null ? Code.UNKNOWN : code;
    }
}
