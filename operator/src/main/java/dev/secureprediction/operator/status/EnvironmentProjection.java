package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;

/**
 * An environment's status, and how far its project is.
 *
 * @param status what to write
 * @param cloud what its project answered, also where status keeps what was known before
 */
public record EnvironmentProjection(Projection<EnvironmentStatus> status, Progress cloud) {}
