package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.status.GatewayReport;
import dev.secureprediction.operator.status.Observed;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a round comes to when the API server did not take it: a condition, and another try. */
final class ClusterFailure {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterFailure.class);

    private ClusterFailure() {}

    static Observed of(KubernetesClientException e) {
        var said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        LOG.warn("the API server did not take a change, tried again: {} {}", e.getCode(), said);
        var problem = new Problem(
                Reason.ClusterUnavailable,
                "spec.gatewayNamespace",
                "the API server did not take a change (" + e.getCode() + "); tried again");
        var report = new GatewayReport(false, false, 0, 0, List.of(), Optional.of(problem), Optional.empty());
        return new Observed(Observed.NOTHING.cloud(), report, Observed.NOTHING.probe(), false);
    }
}
