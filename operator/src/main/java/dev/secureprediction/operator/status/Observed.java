package dev.secureprediction.operator.status;

/**
 * What one reconciliation saw of an endpoint, in Google Cloud and in the cluster.
 *
 * @param cloud what stands in Google Cloud
 * @param gateway what stands in the cluster
 * @param probe what a call that must be refused came to
 * @param deleting whether the endpoint is on its way out
 */
public record Observed(CloudReport cloud, GatewayReport gateway, ProbeResult probe, boolean deleting) {

    /** Nothing read yet, as right after a rejection or the operator's start. */
    public static final Observed NOTHING =
            new Observed(CloudReport.NOT_READ, GatewayReport.NOT_APPLIED, new ProbeResult.NotMade(), false);
}
