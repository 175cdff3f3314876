package dev.secureprediction.operator.cloud.google;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.secureprediction.operator.cloud.CloudException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error as Google's APIs give it (google.rpc.Status, AIP-193), whatever it came over.
 *
 * @param code canonical code
 * @param message for developers
 * @param info what exactly failed, where the API says so
 * @param retry how long to wait, where the API says so
 */
record Failure(Code code, String message, Optional<ErrorInfo> info, Optional<RetryInfo> retry) {

    private static final Pattern PERMISSION = Pattern.compile("[Pp]ermission '?([a-z][A-Za-z]*(?:\\.[A-Za-z]+)+)'?");
    private static final Pattern ABSENT_ACCOUNT =
            Pattern.compile("(?i)(service account|member|principal|user) .*does not exist");
    private static final int MAX_MESSAGE = 500;

    /** A failure without details. */
    static Failure of(Code code, String message) {
        return new Failure(code, message, Optional.empty(), Optional.empty());
    }

    /** As the port says it. */
    CloudException toException(String resource) {
        return switch (code) {
            case PERMISSION_DENIED -> new CloudException.Denied(permission(), deniedResource(resource));
            case UNAUTHENTICATED -> new CloudException.Denied("to authenticate", resource);
            case NOT_FOUND -> new CloudException.NotFound(resource);
            case ALREADY_EXISTS, ABORTED, FAILED_PRECONDITION ->
                new CloudException.Conflict(resource + ": " + shortMessage());
            case RESOURCE_EXHAUSTED -> new CloudException.QuotaExceeded(resource + ": " + shortMessage(), retryAfter());
            case INVALID_ARGUMENT, OUT_OF_RANGE, UNIMPLEMENTED, DATA_LOSS -> invalid(resource);
            default -> new CloudException.Unavailable(resource + ": Google Cloud answered " + code, retryAfter());
        };
    }

    // a policy is refused while an account made a moment ago is not seen everywhere
    private CloudException invalid(String resource) {
        return ABSENT_ACCOUNT.matcher(message).find()
                ? new CloudException.Propagating(resource + ": " + shortMessage())
                : new CloudException.Invalid(resource + ": " + shortMessage());
    }

    private String permission() {
        Optional<String> named =
                info.map(i -> i.getMetadataMap().get("permission")).filter(p -> !p.isEmpty());
        if (named.isPresent()) {
            return named.get();
        }
        Matcher matcher = PERMISSION.matcher(message);
        return matcher.find() ? matcher.group(1) : "unnamed by Google (" + shortMessage() + ")";
    }

    private String deniedResource(String resource) {
        return info.map(i -> i.getMetadataMap().get("resource"))
                .filter(r -> !r.isEmpty())
                .orElse(resource);
    }

    private Optional<Duration> retryAfter() {
        return retry.map(RetryInfo::getRetryDelay)
                .map(d -> Duration.ofSeconds(d.getSeconds(), d.getNanos()))
                .filter(Duration::isPositive);
    }

    private String shortMessage() {
        String line = message.lines().findFirst().orElse("");
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE);
    }
}
