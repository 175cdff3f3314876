package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Host names are the cluster's, whatever the environment: callers of one would else come to the gateway of another. */
public final class HostNames {

    private HostNames() {}

    /** By which callers find an endpoint, where it has a host name of its own. */
    public static Optional<String> of(SecurePredictionEndpoint endpoint) {
        return of(endpoint.getSpec());
    }

    private static Optional<String> of(SecurePredictionEndpointSpec spec) {
        return Optional.ofNullable(spec.placementOrDefault().exposureOrDefault().hostname());
    }

    /** Others that have the name which the endpoint asks for, or the one that it serves under. */
    static List<SecurePredictionEndpoint> namesakes(
            SecurePredictionEndpoint endpoint, Optional<SecurePredictionEndpointSpec> inForce, ClusterView cluster) {
        return Stream.concat(of(endpoint).stream(), inForce.flatMap(HostNames::of).stream())
                .distinct()
                .flatMap(hostname -> cluster.endpointsOfHostname(hostname).stream())
                .filter(other -> !EndpointInputs.isSame(other, endpoint))
                .toList();
    }

    /** The older one keeps a host name. */
    static Optional<Problem> conflict(EndpointInputs inputs) {
        return of(inputs.endpoint())
                .flatMap(hostname -> inputs.namesakes().stream()
                        .filter(other -> of(other).equals(Optional.of(hostname)))
                        .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                        .filter(other -> Application.BY_AGE.compare(other, inputs.endpoint()) < 0)
                        .min(Application.BY_AGE)
                        .map(older -> new Problem(
                                Reason.HostnameConflict,
                                "spec.placement.exposure.hostname",
                                "'" + hostname + "' is the host name of "
                                        + older.getMetadata().getNamespace() + "/"
                                        + older.getMetadata().getName() + ", which is older; use another")));
    }
}
