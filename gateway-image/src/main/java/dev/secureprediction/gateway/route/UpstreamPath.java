package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;

/** Writes the path of a call to the model: names from the policy, never from the request. */
public final class UpstreamPath {
    private UpstreamPath() {}

    /** Path without query, for what stands after the colon. */
    public static String of(ApiVersion version, Upstream upstream, String verb) {
        String model = switch (upstream.model()) {
            case Model.Endpoint endpoint -> "endpoints/" + endpoint.endpointId();
            case Model.Publisher publisher -> "publishers/" + publisher.publisher() + "/models/" + publisher.name();
        };
        return location(version, upstream) + "/" + model + ":" + verb;
    }

    /** Path of the location that the model is in. */
    public static String location(ApiVersion version, Upstream upstream) {
        return "/" + version.wire() + "/projects/" + upstream.project() + "/locations/" + upstream.location();
    }
}
