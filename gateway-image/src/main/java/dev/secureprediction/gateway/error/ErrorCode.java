package dev.secureprediction.gateway.error;

import static dev.secureprediction.gateway.error.RpcStatus.DEADLINE_EXCEEDED;
import static dev.secureprediction.gateway.error.RpcStatus.FAILED_PRECONDITION;
import static dev.secureprediction.gateway.error.RpcStatus.INTERNAL;
import static dev.secureprediction.gateway.error.RpcStatus.INVALID_ARGUMENT;
import static dev.secureprediction.gateway.error.RpcStatus.NOT_FOUND;
import static dev.secureprediction.gateway.error.RpcStatus.PERMISSION_DENIED;
import static dev.secureprediction.gateway.error.RpcStatus.RESOURCE_EXHAUSTED;
import static dev.secureprediction.gateway.error.RpcStatus.UNAUTHENTICATED;
import static dev.secureprediction.gateway.error.RpcStatus.UNAVAILABLE;
import static dev.secureprediction.gateway.error.RpcStatus.UNIMPLEMENTED;

/**
 * Every error a caller can get. Names are stable: callers, dashboards and audit queries rely on them.
 * Messages say what to do and hold nothing of the request, the policy or the upstream.
 */
public enum ErrorCode {
    REQUEST_MALFORMED(400, INVALID_ARGUMENT, "The request is not valid HTTP for this service."),
    HEADER_REPEATED(400, INVALID_ARGUMENT, "A header that may appear once appears more often. Send it once."),
    QUERY_REFUSED(400, INVALID_ARGUMENT, "The query string is not accepted. Only alt=sse is."),
    TOKEN_IN_QUERY(
            400, INVALID_ARGUMENT, "Credentials in the query string are refused. Send one Authorization header."),
    BODY_MALFORMED(400, INVALID_ARGUMENT, "The body is not JSON that this service accepts."),
    BODY_INVALID(400, INVALID_ARGUMENT, "The body does not match the schema of this endpoint."),
    CONTENT_UNSCREENABLE(
            400, INVALID_ARGUMENT, "The body holds something that a guardrail of this endpoint cannot read."),
    METHOD_REFUSED(405, UNIMPLEMENTED, "This method is not supported."),
    BODY_TIMEOUT(408, DEADLINE_EXCEEDED, "The request's body did not arrive in time."),
    BODY_TOO_LARGE(413, INVALID_ARGUMENT, "The body is larger than this endpoint accepts."),
    ENCODING_REFUSED(415, INVALID_ARGUMENT, "Content-Encoding must be identity or gzip."),
    MEDIA_TYPE_REFUSED(415, INVALID_ARGUMENT, "The Content-Type is not accepted here. Send application/json."),
    EXPECTATION_REFUSED(417, FAILED_PRECONDITION, "The only expectation supported is 100-continue."),
    HEADERS_TOO_LARGE(431, INVALID_ARGUMENT, "The request line or the headers are too large."),
    HTTP_VERSION_REFUSED(505, UNIMPLEMENTED, "This version of HTTP is not supported. Use HTTP/1.1 or HTTP/2."),

    TOKEN_MISSING(401, UNAUTHENTICATED, "A bearer token is required in the Authorization header."),
    TOKEN_INVALID(401, UNAUTHENTICATED, "The bearer token is not valid here."),
    TOKEN_EXPIRED(401, UNAUTHENTICATED, "The bearer token has expired. Get a new one."),
    TOKEN_NOT_YET_VALID(401, UNAUTHENTICATED, "The bearer token is not valid yet."),
    TOKEN_AUDIENCE_REFUSED(401, UNAUTHENTICATED, "The bearer token is meant for another audience."),
    TOKEN_TYPE_REFUSED(401, UNAUTHENTICATED, "The bearer token is not of an accepted type. Send an access token."),
    TOKEN_LIFETIME_EXCEEDED(401, UNAUTHENTICATED, "The bearer token lives longer than is accepted here."),
    TOKEN_REVOKED(401, UNAUTHENTICATED, "The bearer token has been revoked."),

    TOO_MANY_FAILURES(
            429,
            RESOURCE_EXHAUSTED,
            "Too many tokens from this address had a wrong signature. Try again in a few seconds."),
    ACCESS_DENIED(403, PERMISSION_DENIED, "The caller may not do this here."),
    CONTENT_REFUSED(403, PERMISSION_DENIED, "The body asks for something that the caller may not use here."),
    CONTENT_BLOCKED(403, PERMISSION_DENIED, "A guardrail of this endpoint does not let this request pass."),
    ANSWER_BLOCKED(403, PERMISSION_DENIED, "A guardrail of this endpoint does not let the model's answer pass."),
    ANSWER_UNSCREENABLE(
            403,
            PERMISSION_DENIED,
            "The model's answer holds something that a guardrail of this endpoint cannot read."),
    ROUTE_UNKNOWN(404, NOT_FOUND, "There is nothing at this path."),

    REQUESTS_EXHAUSTED(429, RESOURCE_EXHAUSTED, "Too many requests in a minute. Try again when the limit allows."),
    CONCURRENCY_EXHAUSTED(429, RESOURCE_EXHAUSTED, "Too many requests at the same time. Wait for one to end."),
    TOKENS_EXHAUSTED(429, RESOURCE_EXHAUSTED, "The token budget is used up. Try again when the limit allows."),
    TOKENS_BEYOND_BUDGET(
            400,
            INVALID_ARGUMENT,
            "This request alone may use more tokens than the budget of a minute. Lower the output cap or the prompt."),

    POLICY_UNAVAILABLE(503, UNAVAILABLE, "The gateway is not ready. Try again."),
    KEYS_UNAVAILABLE(503, UNAVAILABLE, "The token cannot be checked at the moment. Try again."),
    SCREENING_UNAVAILABLE(503, UNAVAILABLE, "A guardrail of this endpoint cannot decide at the moment. Try again."),
    OVERLOADED(503, UNAVAILABLE, "The gateway has too much to do. Try again."),
    STORE_UNAVAILABLE(503, UNAVAILABLE, "Limits cannot be checked at the moment. Try again."),
    AUDIT_UNAVAILABLE(503, UNAVAILABLE, "The call could not be recorded, so it was refused. Try again."),
    CREDENTIAL_UNAVAILABLE(503, UNAVAILABLE, "The gateway cannot get its own credential. Try again."),

    UPSTREAM_BREAKER_OPEN(503, UNAVAILABLE, "The model failed too often and is not called at the moment. Try again."),
    SHUTTING_DOWN(503, UNAVAILABLE, "The gateway is ending before the answer did. Try again."),
    UPSTREAM_UNREACHABLE(503, UNAVAILABLE, "The model cannot be reached. Try again."),
    UPSTREAM_CONNECT_TIMEOUT(504, DEADLINE_EXCEEDED, "The model could not be reached in time."),
    UPSTREAM_FIRST_BYTE_TIMEOUT(504, DEADLINE_EXCEEDED, "The model did not begin to answer in time."),
    UPSTREAM_IDLE_TIMEOUT(504, DEADLINE_EXCEEDED, "The model stopped answering."),
    UPSTREAM_TOTAL_TIMEOUT(504, DEADLINE_EXCEEDED, "The model did not finish answering in time."),
    UPSTREAM_INVALID_ARGUMENT(400, INVALID_ARGUMENT, "The model did not accept the request."),
    UPSTREAM_TOO_LARGE(413, INVALID_ARGUMENT, "The model does not accept a request of this size."),
    UPSTREAM_NOT_FOUND(404, NOT_FOUND, "The model is not there. Tell the endpoint's owner."),
    UPSTREAM_PERMISSION_DENIED(
            403, PERMISSION_DENIED, "The gateway itself is not allowed to call the model. Tell the endpoint's owner."),
    UPSTREAM_UNAUTHENTICATED(
            502, UNAVAILABLE, "The gateway's own credential was not accepted. Tell the endpoint's owner."),
    UPSTREAM_EXHAUSTED(429, RESOURCE_EXHAUSTED, "The model's quota is used up. Try again later."),
    UPSTREAM_UNAVAILABLE(503, UNAVAILABLE, "The model is not available at the moment. Try again."),
    UPSTREAM_FAILED(502, UNAVAILABLE, "The model failed to answer."),
    UPSTREAM_INTERRUPTED(502, UNAVAILABLE, "The answer was interrupted before its end."),

    CLIENT_GONE(499, RpcStatus.CANCELLED, "The caller closed the connection."),
    INTERNAL_ERROR(500, INTERNAL, "The gateway failed. Tell its operators the request id.");

    private final int httpStatus;
    private final RpcStatus rpcStatus;
    private final String message;

    ErrorCode(int httpStatus, RpcStatus rpcStatus, String message) {
        this.httpStatus = httpStatus;
        this.rpcStatus = rpcStatus;
        this.message = message;
    }

    /** Whether a guardrail ended the model's answer with it. */
    public boolean endsAnswer() {
        return this == ANSWER_BLOCKED || this == ANSWER_UNSCREENABLE;
    }

    /** HTTP status code of the answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Canonical status in Google's error shape. */
    public RpcStatus rpcStatus() {
        return rpcStatus;
    }

    /** What a caller reads unless a refusal has something more exact to say. */
    public String message() {
        return message;
    }
}
