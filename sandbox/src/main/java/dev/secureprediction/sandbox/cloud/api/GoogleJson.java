package dev.secureprediction.sandbox.cloud.api;

import com.google.cloud.aiplatform.v1.CreateEndpointOperationMetadata;
import com.google.cloud.aiplatform.v1.DeleteOperationMetadata;
import com.google.cloud.aiplatform.v1.DeployModelOperationMetadata;
import com.google.cloud.aiplatform.v1.DeployModelResponse;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.MutateDeployedModelOperationMetadata;
import com.google.cloud.aiplatform.v1.MutateDeployedModelResponse;
import com.google.cloud.aiplatform.v1.UndeployModelOperationMetadata;
import com.google.cloud.aiplatform.v1.UndeployModelResponse;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/** Proto JSON as Google's REST APIs speak it, errors included (AIP-193). */
public final class GoogleJson {
    static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(Endpoint.getDescriptor())
            .add(CreateEndpointOperationMetadata.getDescriptor())
            .add(DeleteOperationMetadata.getDescriptor())
            .add(DeployModelResponse.getDescriptor())
            .add(DeployModelOperationMetadata.getDescriptor())
            .add(UndeployModelResponse.getDescriptor())
            .add(UndeployModelOperationMetadata.getDescriptor())
            .add(MutateDeployedModelResponse.getDescriptor())
            .add(MutateDeployedModelOperationMetadata.getDescriptor())
            .add(Empty.getDescriptor())
            .add(ErrorInfo.getDescriptor())
            .add(RetryInfo.getDescriptor())
            .build();

    private GoogleJson() {}

    /** The answer that tells of an error. */
    public static HttpResponse error(StatusRuntimeException e) {
        Status status = Optional.ofNullable(StatusProto.fromThrowable(e)).orElse(Status.getDefaultInstance());
        return error(status);
    }

    static HttpResponse error(Status status) {
        Code code = Optional.ofNullable(Code.forNumber(status.getCode())).orElse(Code.UNKNOWN);
        return HttpResponse.of(httpStatus(code), MediaType.JSON_UTF_8, errorBody(status));
    }

    /** The body that tells of an error; streams hold the same in place of a chunk. */
    public static String errorBody(Status status) {
        Code code = Optional.ofNullable(Code.forNumber(status.getCode())).orElse(Code.UNKNOWN);
        try {
            String fields = JsonFormat.printer()
                    .usingTypeRegistry(TYPES)
                    .print(status.toBuilder().setCode(httpStatus(code).code()).build());
            // google.rpc.Status, with the HTTP code and the name of the canonical one beside it
            String named = fields.replaceFirst("\\{", "{\n  \"status\": \"" + code + "\",");
            return "{\n\"error\": " + named + "\n}\n";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("An error detail of unknown type", e);
        }
    }

    static HttpStatus httpStatus(Code code) {
        return HttpStatus.valueOf(
                switch (code) {
                    case OK -> 200;
                    case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
                    case UNAUTHENTICATED -> 401;
                    case PERMISSION_DENIED -> 403;
                    case NOT_FOUND -> 404;
                    case ABORTED, ALREADY_EXISTS -> 409;
                    case RESOURCE_EXHAUSTED -> 429;
                    case CANCELLED -> 499;
                    case UNIMPLEMENTED -> 501;
                    case UNAVAILABLE -> 503;
                    case DEADLINE_EXCEEDED -> 504;
                    default -> 500;
                });
    }
}
