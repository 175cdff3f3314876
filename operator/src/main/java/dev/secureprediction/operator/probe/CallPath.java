package dev.secureprediction.operator.probe;

import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Upstream;

/** Where a call to a gateway goes. */
final class CallPath {

    private CallPath() {}

    /** A path that this policy serves. */
    static String of(PolicyBundle bundle) {
        return of(bundle.upstream(), bundle);
    }

    /** The same path for another place. */
    static String of(Upstream upstream, PolicyBundle bundle) {
        var parent = "/v1/projects/" + upstream.project() + "/locations/" + upstream.location();
        return switch (upstream.model()) {
            case Model.Endpoint endpoint -> parent + "/endpoints/" + endpoint.endpointId() + ":predict";
            case Model.Publisher publisher ->
                parent + "/publishers/" + publisher.publisher() + "/models/" + publisher.name()
                        + (bundle.surfaces().contains(Surface.GeminiGenerate) ? ":generateContent" : ":predict");
        };
    }
}
