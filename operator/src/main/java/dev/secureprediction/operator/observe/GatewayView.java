package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.status.GatewayReport;
import dev.secureprediction.operator.status.ProbeResult;

/**
 * A gateway as it is now.
 *
 * @param report what stands in the cluster
 * @param probe what the call that must be refused came to
 */
public record GatewayView(GatewayReport report, ProbeResult probe) {}
