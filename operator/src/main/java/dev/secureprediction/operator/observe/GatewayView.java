package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.status.GatewayReport;
import dev.secureprediction.operator.status.ProbeResult;
import java.time.Instant;
import java.util.Optional;

/**
 * A gateway as it is now.
 *
 * @param report what stands in the cluster
 * @param probe what the call that must be refused came to
 * @param nextProof when a pod is to be proven anew
 */
public record GatewayView(GatewayReport report, ProbeResult probe, Optional<Instant> nextProof) {}
