package dev.secureprediction.gateway.error;

/** Status names of google.rpc.Code that the gateway answers with; Google's SDKs pick their exception by them. */
public enum RpcStatus {
    INVALID_ARGUMENT,
    FAILED_PRECONDITION,
    UNAUTHENTICATED,
    PERMISSION_DENIED,
    NOT_FOUND,
    RESOURCE_EXHAUSTED,
    CANCELLED,
    DEADLINE_EXCEEDED,
    UNIMPLEMENTED,
    UNAVAILABLE,
    INTERNAL
}
