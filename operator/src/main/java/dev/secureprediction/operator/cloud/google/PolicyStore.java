package dev.secureprediction.operator.cloud.google;

import com.google.iam.v1.Policy;

/** Where one resource's IAM policy is read and written. */
interface PolicyStore {

    /** With conditions (version 3) and etag. */
    Policy read();

    /** Refused with {@link dev.secureprediction.operator.cloud.CloudException.Conflict} when the etag is stale. */
    void write(Policy policy);
}
