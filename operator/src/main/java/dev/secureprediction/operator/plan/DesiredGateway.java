package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.resolve.Telemetry;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Optional;

/**
 * The gateway of one endpoint, as its Kubernetes objects are rendered.
 *
 * @param name of all its objects
 * @param namespace the environment's gateway namespace
 * @param endpoint whose gateway this is
 * @param environment name of the PredictionEnvironment
 * @param installationId of the operator
 * @param image container image
 * @param minReplicas at least 1
 * @param maxReplicas at least minReplicas; a larger one means autoscaling
 * @param resources of the container
 * @param tls where its certificate comes from
 * @param allowFrom namespaces that may connect inside the cluster
 * @param egressCidrs where it may connect to; empty: anywhere
 * @param identity how it becomes its Google account
 * @param pod what the environment adds to its pods
 * @param hostname the public host name, where it has one
 * @param route how callers outside the cluster come to it, where it says so
 * @param storeSecretName secret with the store that its pods share, where they have one
 * @param telemetry where it sends traces
 */
public record DesiredGateway(
        String name,
        String namespace,
        EndpointKey endpoint,
        String environment,
        String installationId,
        String image,
        int minReplicas,
        int maxReplicas,
        ResourceRequirements resources,
        Tls tls,
        List<String> allowFrom,
        List<String> egressCidrs,
        WorkloadIdentity identity,
        PodSettings pod,
        Optional<String> hostname,
        Optional<DesiredRoute> route,
        Optional<String> storeSecretName,
        Telemetry telemetry) {

    public DesiredGateway {
        allowFrom = List.copyOf(allowFrom);
        egressCidrs = List.copyOf(egressCidrs);
    }

    DesiredGateway withImage(String other) {
        return new DesiredGateway(
                name,
                namespace,
                endpoint,
                environment,
                installationId,
                other,
                minReplicas,
                maxReplicas,
                resources,
                tls,
                allowFrom,
                egressCidrs,
                identity,
                pod,
                hostname,
                route,
                storeSecretName,
                telemetry);
    }
}
