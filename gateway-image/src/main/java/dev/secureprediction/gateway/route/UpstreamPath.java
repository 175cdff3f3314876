package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;

/** Writes the path of a call to the model: names from the policy, never from the request. */
public final class UpstreamPath {
    private UpstreamPath() {}

    /** Path without query. */
    public static String of(ApiVersion version, Upstream upstream, Verb verb) {
        String model = switch (upstream.model()) {
            case Model.Endpoint endpoint -> "endpoints/" + endpoint.endpointId();
            case Model.Publisher publisher -> "publishers/" + publisher.publisher() + "/models/" + publisher.name();
        };
        return "/" + version.wire() + "/projects/" + upstream.project() + "/locations/" + upstream.location() + "/"
                + model + ":" + verb.wire();
    }
}
