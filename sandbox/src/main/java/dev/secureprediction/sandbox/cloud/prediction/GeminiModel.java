package dev.secureprediction.sandbox.cloud.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A Gemini model, and an embedding model, of publisher google. */
final class GeminiModel {
    private static final int DIMENSIONS = 8;

    private final String model;

    GeminiModel(String model) {
        this.model = model;
    }

    /** `generateContent`. */
    Reply generate(ObjectNode request) {
        String prompt = prompt(request);
        Words words = words(request, prompt);
        ObjectNode reply = Json.object();
        var candidates = reply.putArray("candidates");
        for (int i = 0; i < candidateCount(request); i++) {
            candidates.add(candidate(words.text(), i, words.cut() ? "MAX_TOKENS" : "STOP"));
        }
        usage(reply, prompt, words, candidateCount(request));
        return Reply.Whole.json(Json.write(identified(reply, responseId())));
    }

    /** `streamGenerateContent`: usage and finish reason come with the last chunk. */
    Reply stream(ObjectNode request, int chunks, boolean events) {
        String prompt = prompt(request);
        Words words = words(request, prompt);
        String id = responseId();
        List<String> out = new ArrayList<>();
        List<String> pieces = words.pieces(chunks);
        for (int i = 0; i < pieces.size(); i++) {
            boolean last = i == pieces.size() - 1;
            ObjectNode chunk = Json.object();
            chunk.putArray("candidates")
                    .add(candidate(pieces.get(i), 0, last ? words.cut() ? "MAX_TOKENS" : "STOP" : ""));
            if (last) {
                usage(chunk, prompt, words, 1);
            } else {
                chunk.putObject("usageMetadata").put("trafficType", "ON_DEMAND");
            }
            out.add(Json.write(identified(chunk, id)));
        }
        return new Reply.Chunks(out, events ? Framing.EVENTS : Framing.ARRAY);
    }

    /** `countTokens`. */
    Reply count(ObjectNode request) {
        String prompt = prompt(request);
        ObjectNode reply = Json.object();
        reply.put("totalTokens", Words.tokens(prompt));
        reply.put("totalBillableCharacters", prompt.replaceAll("\\s", "").length());
        return Reply.Whole.json(Json.write(reply));
    }

    /** `predict` of an embedding model. */
    Reply embed(ObjectNode request) {
        JsonNode instances = request.path("instances");
        if (!instances.isArray() || instances.isEmpty()) {
            throw GoogleErrors.invalid("instances: must be a list of at least one");
        }
        ObjectNode reply = Json.object();
        var predictions = reply.putArray("predictions");
        for (JsonNode instance : instances) {
            String content = instance.path("content").asText();
            ObjectNode embeddings = predictions.addObject().putObject("embeddings");
            vector(embeddings, content);
            embeddings.putObject("statistics").put("truncated", false).put("token_count", Words.tokens(content));
        }
        return Reply.Whole.json(Json.write(reply));
    }

    /** `embedContent`. */
    Reply embedContent(ObjectNode request) {
        ObjectNode reply = Json.object();
        vector(reply.putObject("embedding"), text(request.path("content").path("parts")));
        return Reply.Whole.json(Json.write(reply));
    }

    private static void vector(ObjectNode holder, String content) {
        var values = holder.putArray("values");
        for (int i = 0; i < DIMENSIONS; i++) {
            values.add(Words.score(i + content) / 1000.0 - 0.5);
        }
    }

    private Words words(ObjectNode request, String prompt) {
        return Words.answering(
                model,
                prompt,
                request.path("generationConfig").path("maxOutputTokens").asInt(0));
    }

    private static int candidateCount(ObjectNode request) {
        return Math.max(
                1, request.path("generationConfig").path("candidateCount").asInt(1));
    }

    private static ObjectNode candidate(String text, int index, String finishReason) {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content").put("role", "model");
        content.putArray("parts").addObject().put("text", text);
        if (!finishReason.isEmpty()) {
            candidate.put("finishReason", finishReason);
        }
        return index == 0 ? candidate : candidate.put("index", index);
    }

    private static void usage(ObjectNode reply, String prompt, Words words, int candidates) {
        int in = Words.tokens(prompt);
        int out = words.words().size() * candidates;
        ObjectNode usage = reply.putObject("usageMetadata");
        usage.put("promptTokenCount", in);
        usage.put("candidatesTokenCount", out);
        usage.put("totalTokenCount", in + out);
        usage.put("trafficType", "ON_DEMAND");
        usage.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", in);
        usage.putArray("candidatesTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", out);
    }

    private ObjectNode identified(ObjectNode reply, String id) {
        return reply.put("modelVersion", model).put("responseId", id);
    }

    private static String responseId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 22);
    }

    /** The last message's text; a request without any message is refused as Google refuses it. */
    private static String prompt(ObjectNode request) {
        JsonNode contents = request.path("contents");
        if (contents.isMissingNode() || (contents.isArray() && contents.isEmpty())) {
            throw GoogleErrors.invalid("Model input cannot be empty.");
        }
        JsonNode last = contents.isArray() ? contents.get(contents.size() - 1) : contents;
        String role = last.path("role").asText("");
        if (!role.isEmpty() && !role.equals("user") && !role.equals("model") && !role.equals("function")) {
            throw GoogleErrors.invalid("Please use a valid role: user, model.");
        }
        return text(last.path("parts"));
    }

    private static String text(JsonNode parts) {
        if (parts.isObject()) {
            return parts.path("text").asText("");
        }
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(part.path("text").asText("")));
        return String.join(" ", texts);
    }
}
