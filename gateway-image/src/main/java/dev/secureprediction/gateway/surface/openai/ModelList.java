package dev.secureprediction.gateway.surface.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.secureprediction.gateway.surface.LocalAnswer;
import dev.secureprediction.gateway.surface.ServedModel;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one model of the policy, as OpenAI's API lists models. */
final class ModelList {
    private static final JsonFactory JSON = new JsonFactory();

    private ModelList() {}

    static LocalAnswer list(PolicyBundle policy) {
        return answer(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            model(json, policy);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static LocalAnswer one(PolicyBundle policy) {
        return answer(json -> model(json, policy));
    }

    private interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    private static LocalAnswer answer(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return new LocalAnswer("application/json", bytes.toByteArray());
    }

    private static void model(JsonGenerator json, PolicyBundle policy) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ServedModel.id(policy));
        json.writeStringField("object", "model");
        json.writeNumberField("created", 0); // clients require it; nothing here knows
        json.writeStringField(
                "owned_by",
                policy.upstream().model() instanceof Model.Publisher publisher
                        ? publisher.publisher()
                        : policy.endpoint().namespace());
        json.writeEndObject();
    }
}
