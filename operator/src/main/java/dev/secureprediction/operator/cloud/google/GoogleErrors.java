package dev.secureprediction.operator.cloud.google;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.rpc.Code;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudScope;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what Google's clients throw into what the port throws. */
final class GoogleErrors {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private GoogleErrors() {}

    /** Makes a call; what it throws names the given resource. */
    static <T> T calling(CloudScope scope, String resource, Supplier<T> call) {
        try {
            return call.get();
        } catch (ApiException e) {
            throw of(e, scope, resource);
        }
    }

    /** The same, where absence is an answer. */
    static <T> Optional<T> reading(CloudScope scope, String resource, Supplier<T> call) {
        try {
            return Optional.of(calling(scope, resource, call));
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    private static CloudException of(ApiException e, CloudScope scope, String resource) {
        Optional<Throwable> credentials = credentialsFailure(e);
        if (credentials.isPresent()) {
            return ofCredentials(credentials.get(), scope);
        }
        ErrorDetails details = e.getErrorDetails();
        return new Failure(
                        Code.valueOf(e.getStatusCode().getCode().name()),
                        description(e),
                        Optional.ofNullable(details).map(ErrorDetails::getErrorInfo),
                        Optional.ofNullable(details).map(ErrorDetails::getRetryInfo))
                .toException(resource);
    }

    /** What getting an access token came to. */
    static CloudException ofCredentials(Throwable e, CloudScope scope) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException response
                    && (response.getStatusCode() == FORBIDDEN || response.getStatusCode() == NOT_FOUND)) {
                return new CloudException.Denied("iam.serviceAccounts.getAccessToken", scope.operatorServiceAccount());
            }
        }
        return new CloudException.Unavailable(
                "no access token for " + scope.operatorServiceAccount() + " could be had", Optional.empty());
    }

    // a call that never left, since its credentials failed; io.grpc.auth says so in these words only
    private static Optional<Throwable> credentialsFailure(ApiException e) {
        String text = description(e);
        return text.startsWith("Credentials failed") || text.startsWith("Failed computing credential")
                ? Optional.of(e)
                : Optional.empty();
    }

    private static String description(ApiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                return orEmpty(status.getStatus().getDescription());
            }
        }
        return orEmpty(e.getMessage());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
