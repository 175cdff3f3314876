package dev.secureprediction.sandbox.cloud.error;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Arrays;

/** Errors as Google words them (google.rpc.Status, AIP-193). */
public final class GoogleErrors {

    private GoogleErrors() {}

    public static StatusRuntimeException of(Code code, String message, Message... details) {
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addAllDetails(Arrays.stream(details).map(Any::pack).toList())
                .build());
    }

    public static StatusRuntimeException invalid(String message) {
        return of(Code.INVALID_ARGUMENT, message);
    }

    public static StatusRuntimeException notFound(String message) {
        return of(Code.NOT_FOUND, message);
    }

    public static StatusRuntimeException alreadyExists(String message) {
        return of(Code.ALREADY_EXISTS, message);
    }

    public static StatusRuntimeException failedPrecondition(String message) {
        return of(Code.FAILED_PRECONDITION, message);
    }

    /** A write based on an older policy than the present one. */
    public static StatusRuntimeException concurrentPolicyChange() {
        return of(
                Code.ABORTED,
                "There were concurrent policy changes. Please retry the whole read-modify-write with exponential"
                        + " backoff.");
    }

    public static StatusRuntimeException unauthenticated() {
        return of(
                Code.UNAUTHENTICATED,
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other"
                        + " valid authentication credential. See"
                        + " https://developers.google.com/identity/sign-in/web/devconsole-project.",
                ErrorInfo.newBuilder()
                        .setReason("ACCESS_TOKEN_TYPE_UNSUPPORTED")
                        .setDomain("googleapis.com")
                        .build());
    }

    /** Does not tell a resource that is missing from one that is out of reach. */
    public static StatusRuntimeException denied(String permission, String resource) {
        String service = permission.substring(0, permission.indexOf('.')) + ".googleapis.com";
        String fullName = service.startsWith("aiplatform") ? "//" + service + "/" + resource : resource;
        return of(
                Code.PERMISSION_DENIED,
                "Permission '" + permission + "' denied on resource '" + fullName + "' (or it may not exist).",
                ErrorInfo.newBuilder()
                        .setReason("IAM_PERMISSION_DENIED")
                        .setDomain(service)
                        .putMetadata("permission", permission)
                        .putMetadata("resource", resource)
                        .build());
    }

    /**
     * Over a quota.
     *
     * @param retryAfter when to come back
     */
    public static StatusRuntimeException exhausted(String message, Duration retryAfter) {
        return retryable(Code.RESOURCE_EXHAUSTED, message, retryAfter);
    }

    /** An error that says when to come back. */
    public static StatusRuntimeException retryable(Code code, String message, Duration retryAfter) {
        return of(
                code,
                message,
                RetryInfo.newBuilder()
                        .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(retryAfter.getSeconds())
                                .setNanos(retryAfter.getNano()))
                        .build());
    }
}
