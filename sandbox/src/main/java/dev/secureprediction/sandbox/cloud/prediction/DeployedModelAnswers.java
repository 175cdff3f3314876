package dev.secureprediction.sandbox.cloud.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A tabular model on an endpoint: a score and a label for each instance, always the same for the same instance. */
final class DeployedModelAnswers {
    private static final int CHURNS_FROM = 500;
    /** Has no factor in common with 100, so that neighbouring calls fall far apart. */
    private static final int STRIDE = 37;

    private final Endpoint endpoint;
    private final DeployedModel model;

    private DeployedModelAnswers(Endpoint endpoint, DeployedModel model) {
        this.endpoint = endpoint;
        this.model = model;
    }

    /**
     * The model that a call falls to.
     *
     * @param call which one; a hundred in a row are spread as the traffic split says
     */
    static DeployedModelAnswers of(Endpoint endpoint, int call) {
        int share = Math.floorMod(call * STRIDE, 100);
        for (Map.Entry<String, Integer> part : endpoint.getTrafficSplitMap().entrySet()) {
            if (share < part.getValue()) {
                return new DeployedModelAnswers(
                        endpoint,
                        endpoint.getDeployedModelsList().stream()
                                .filter(model -> model.getId().equals(part.getKey()))
                                .findFirst()
                                .orElseThrow(() -> noTraffic(endpoint)));
            }
            share -= part.getValue();
        }
        throw noTraffic(endpoint);
    }

    /** How faults name it: `models/ID@VERSION`. */
    String faultName() {
        String name = model.getModel();
        return "models/" + name.substring(name.lastIndexOf('/') + 1).split("@", 2)[0] + "@" + model.getModelVersionId();
    }

    /** `predict`. */
    Reply predict(ObjectNode request) {
        ObjectNode reply = Json.object();
        var predictions = reply.putArray("predictions");
        instances(request).forEach(instance -> predictions.add(prediction(instance)));
        reply.put("deployedModelId", model.getId());
        reply.put("model", model.getModel());
        reply.put("modelDisplayName", model.getDisplayName());
        reply.put("modelVersionId", model.getModelVersionId());
        return Reply.Whole.json(Json.write(reply));
    }

    /** `rawPredict`: what the model's own server answers, whatever the body is. */
    Reply raw(byte[] body) {
        ObjectNode reply = Json.object();
        var predictions = reply.putArray("predictions");
        rawInstances(body).forEach(instance -> predictions.add(prediction(instance)));
        return Reply.Whole.json(Json.write(reply))
                .withHeader(
                        "x-vertex-ai-endpoint-id",
                        endpoint.getName().substring(endpoint.getName().lastIndexOf('/') + 1))
                .withHeader("x-vertex-ai-deployed-model-id", model.getId());
    }

    /** `streamRawPredict`: one event per chunk, each with the instance it is about. */
    Reply streamRaw(byte[] body, int chunks) {
        return new Reply.Chunks(chunks(rawInstances(body), chunks), Framing.EVENTS);
    }

    /** `serverStreamingPredict`. */
    Reply stream(ObjectNode request, int chunks) {
        JsonNode inputs = request.path("inputs");
        if (!inputs.isArray() || inputs.isEmpty()) {
            throw GoogleErrors.invalid("inputs: must be a list of at least one");
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            ObjectNode chunk = Json.object();
            var outputs = chunk.putArray("outputs");
            inputs.forEach(
                    input -> outputs.addObject().putArray("doubleVal").add(Words.score(Json.write(input)) / 1000.0));
            out.add(Json.write(chunk));
        }
        return new Reply.Chunks(out, Framing.ARRAY);
    }

    private static List<String> chunks(List<JsonNode> instances, int chunks) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            ObjectNode chunk = Json.object().put("index", i);
            chunk.set("prediction", prediction(instances.get(i % instances.size())));
            out.add(Json.write(chunk));
        }
        return out;
    }

    private static List<JsonNode> rawInstances(byte[] body) {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            if (node != null
                    && node.path("instances").isArray()
                    && !node.path("instances").isEmpty()) {
                return list(node.path("instances"));
            }
        } catch (IOException e) {
            // a model server takes any body
            return List.of(Json.MAPPER.getNodeFactory().binaryNode(body));
        }
        return List.of(Json.MAPPER.getNodeFactory().binaryNode(body));
    }

    private static List<JsonNode> instances(ObjectNode request) {
        JsonNode instances = request.path("instances");
        if (!instances.isArray() || instances.isEmpty()) {
            throw GoogleErrors.invalid("instances: must be a list of at least one");
        }
        return list(instances);
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static ObjectNode prediction(JsonNode instance) {
        int score = Words.score(Json.write(instance));
        return Json.object()
                .put("churn_probability", score / 1000.0)
                .put("label", score < CHURNS_FROM ? "stays" : "leaves");
    }

    private static RuntimeException noTraffic(Endpoint endpoint) {
        return GoogleErrors.failedPrecondition("Endpoint " + endpoint.getName() + " doesn't have traffic_split.");
    }
}
