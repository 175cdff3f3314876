package dev.secureprediction.gateway.surface.vertex;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.secureprediction.gateway.surface.LocalAnswer;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What `GET …/endpoints/{e}` answers: as much as Google's SDK reads before its first prediction. The gateway's account may
 * predict and nothing else, so that it is written from the policy; a dedicated host is never named, since the SDK would
 * leave for it.
 */
final class EndpointDescription {
    private static final JsonFactory JSON = new JsonFactory();

    private EndpointDescription() {}

    static LocalAnswer of(PolicyBundle policy) {
        Upstream upstream = policy.upstream();
        if (!(upstream.model() instanceof Model.Endpoint endpoint)) {
            throw new IllegalStateException("authorization lets only the policy's own endpoint pass");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField(
                    "name",
                    "projects/" + upstream.projectNumber() + "/locations/" + upstream.location() + "/endpoints/"
                            + endpoint.endpointId());
            json.writeStringField("displayName", policy.endpoint().name());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return new LocalAnswer("application/json; charset=UTF-8", bytes.toByteArray());
    }
}
