package dev.secureprediction.sandbox.cloud.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.util.ArrayList;
import java.util.List;

/** A model of publisher anthropic: its Messages API behind `rawPredict`. */
final class AnthropicModel {
    private final String model;

    AnthropicModel(String model) {
        this.model = model;
    }

    /** `rawPredict`; with the name `count-tokens`, just the count. */
    Reply message(ObjectNode request) {
        String prompt = prompt(request);
        if (model.equals("count-tokens")) {
            return Reply.Whole.json(Json.write(Json.object().put("input_tokens", Words.tokens(prompt))));
        }
        Words words = words(request, prompt);
        ObjectNode reply = envelope(prompt);
        reply.withArray("content").addObject().put("type", "text").put("text", words.text());
        reply.put("stop_reason", reason(words)).putNull("stop_sequence");
        reply.withObject("usage").put("output_tokens", words.words().size());
        return Reply.Whole.json(Json.write(reply));
    }

    /** `streamRawPredict`. */
    Reply stream(ObjectNode request, int chunks) {
        String prompt = prompt(request);
        Words words = words(request, prompt);
        List<String> events = new ArrayList<>();
        ObjectNode start = envelope(prompt).putNull("stop_reason");
        events.add(Json.write(event("message_start").set("message", start)));
        ObjectNode block = event("content_block_start").put("index", 0);
        block.putObject("content_block").put("type", "text").put("text", "");
        events.add(Json.write(block));
        for (String piece : words.pieces(chunks)) {
            ObjectNode delta = event("content_block_delta").put("index", 0);
            delta.putObject("delta").put("type", "text_delta").put("text", piece);
            events.add(Json.write(delta));
        }
        events.add(Json.write(event("content_block_stop").put("index", 0)));
        ObjectNode end = event("message_delta");
        end.putObject("delta").put("stop_reason", reason(words)).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", words.words().size());
        events.add(Json.write(end));
        events.add(Json.write(event("message_stop")));
        return new Reply.Chunks(events, Framing.NAMED_EVENTS);
    }

    private ObjectNode envelope(String prompt) {
        ObjectNode message = Json.object()
                .put("id", "msg_vrtx_" + Words.score(prompt))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content");
        message.putObject("usage").put("input_tokens", Words.tokens(prompt)).put("output_tokens", 1);
        return message;
    }

    private Words words(ObjectNode request, String prompt) {
        if (!request.path("max_tokens").isInt()) {
            throw GoogleErrors.invalid("max_tokens: Field required");
        }
        return Words.answering(model, prompt, request.path("max_tokens").asInt());
    }

    private static String reason(Words words) {
        return words.cut() ? "max_tokens" : "end_turn";
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    private static String prompt(ObjectNode request) {
        if (!request.path("messages").isArray() || request.path("messages").isEmpty()) {
            throw GoogleErrors.invalid("messages: at least one message is required");
        }
        JsonNode content = request.path("messages")
                .get(request.path("messages").size() - 1)
                .path("content");
        if (content.isTextual()) {
            return content.asText();
        }
        List<String> texts = new ArrayList<>();
        content.forEach(part -> texts.add(part.path("text").asText("")));
        return String.join(" ", texts);
    }
}
