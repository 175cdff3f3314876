package dev.secureprediction.operator.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Upstream;

/** A call that every gateway must refuse, because it carries no token; Google's error shape tells the gateway's own refusal. */
final class ForbiddenCall {

    static final String NAME = "call without a token";
    static final int REFUSED = 401;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ForbiddenCall() {}

    /** A path that this policy serves. */
    static String path(PolicyBundle bundle) {
        return path(bundle.upstream(), bundle);
    }

    /** The same path for another place. */
    static String path(Upstream upstream, PolicyBundle bundle) {
        var parent = "/v1/projects/" + upstream.project() + "/locations/" + upstream.location();
        return switch (upstream.model()) {
            case Model.Endpoint endpoint -> parent + "/endpoints/" + endpoint.endpointId() + ":predict";
            case Model.Publisher publisher ->
                parent + "/publishers/" + publisher.publisher() + "/models/" + publisher.name()
                        + (bundle.surfaces().contains(Surface.GeminiGenerate) ? ":generateContent" : ":predict");
        };
    }

    /** Whether a body is the gateway's own refusal. */
    static boolean isOwnRefusal(String body) {
        try {
            var error = JSON.readTree(body).path("error");
            return error.path("code").asInt() == REFUSED
                    && "UNAUTHENTICATED".equals(error.path("status").asText());
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
