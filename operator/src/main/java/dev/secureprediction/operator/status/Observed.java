package dev.secureprediction.operator.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one reconciliation saw of an endpoint, in Google Cloud and in the cluster.
 *
 * @param cloud what stands in Google Cloud
 * @param gateway what stands in the cluster
 * @param probe what a call that must be refused came to
 * @param deleting whether the endpoint is on its way out
 * @param clusterDrift what somebody else changed in the cluster
 * @param held what would be changed, and is not
 * @param nextProof when a gateway pod is to be proven anew
 */
public record Observed(
        CloudReport cloud,
        GatewayReport gateway,
        ProbeResult probe,
        boolean deleting,
        List<CloudReport.Drift> clusterDrift,
        Optional<HeldPlan> held,
        Optional<Instant> nextProof) {

    /** On the way out, with nothing looked at. */
    public static final Observed LEAVING = leaving(CloudReport.NOT_READ);

    /** On the way out, when only Google Cloud is looked at. */
    public static Observed leaving(CloudReport cloud) {
        return new Observed(cloud, GatewayReport.NOT_APPLIED, new ProbeResult.NotMade(), true);
    }

    public Observed {
        clusterDrift = List.copyOf(clusterDrift);
    }

    /** With nothing changed by others in the cluster, and nothing held back. */
    public Observed(CloudReport cloud, GatewayReport gateway, ProbeResult probe, boolean deleting) {
        this(cloud, gateway, probe, deleting, List.of(), Optional.empty(), Optional.empty());
    }

    /** Nothing read yet, as right after a rejection or the operator's start. */
    public static final Observed NOTHING =
            new Observed(CloudReport.NOT_READ, GatewayReport.NOT_APPLIED, new ProbeResult.NotMade(), false);
}
