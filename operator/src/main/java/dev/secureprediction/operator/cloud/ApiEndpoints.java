package dev.secureprediction.operator.cloud;

import java.util.Optional;

/**
 * Where Google's APIs are reached, for private access; each `host` or `host:port`, https always.
 *
 * @param aiplatform absent: `{location}-aiplatform.googleapis.com`
 * @param iam absent: `iam.googleapis.com`
 * @param resourcemanager absent: `cloudresourcemanager.googleapis.com`
 * @param sts absent: `sts.googleapis.com`
 * @param iamcredentials absent: `iamcredentials.googleapis.com`
 */
public record ApiEndpoints(
        Optional<String> aiplatform,
        Optional<String> iam,
        Optional<String> resourcemanager,
        Optional<String> sts,
        Optional<String> iamcredentials) {

    /** Google's public addresses. */
    public static final ApiEndpoints PUBLIC =
            new ApiEndpoints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
