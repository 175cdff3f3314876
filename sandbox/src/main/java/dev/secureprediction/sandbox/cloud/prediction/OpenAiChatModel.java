package dev.secureprediction.sandbox.cloud.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.util.ArrayList;
import java.util.List;

/** A Gemini model behind the OpenAI-compatible path `endpoints/openapi/chat/completions`. */
final class OpenAiChatModel {
    private static final String PREFIX = "google/";

    private final String model;

    private OpenAiChatModel(String model) {
        this.model = model;
    }

    /** The model that the request names. */
    static OpenAiChatModel of(ObjectNode request) {
        String model = request.path("model").asText();
        if (!model.startsWith(PREFIX)) {
            throw GoogleErrors.invalid(
                    "Malformed publisher model: `" + model + "`. It must look like google/gemini-….");
        }
        return new OpenAiChatModel(model.substring(PREFIX.length()));
    }

    /** `publishers/google/models/M`. */
    String publisherModel() {
        return "publishers/google/models/" + model;
    }

    Reply complete(ObjectNode request, int chunks) {
        String prompt = prompt(request);
        Words words = Words.answering(model, prompt, cap(request));
        return request.path("stream").asBoolean()
                ? stream(request, prompt, words, chunks)
                : whole(request, prompt, words);
    }

    private Reply whole(ObjectNode request, String prompt, Words words) {
        ObjectNode reply = envelope("chat.completion", prompt);
        var choices = reply.putArray("choices");
        for (int i = 0; i < Math.max(1, request.path("n").asInt(1)); i++) {
            ObjectNode choice = choices.addObject().put("index", i).put("finish_reason", reason(request, words));
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            choice.putNull("logprobs");
            say(request, message, words.text());
        }
        usage(reply, prompt, words);
        return Reply.Whole.json(Json.write(reply));
    }

    private Reply stream(ObjectNode request, String prompt, Words words, int chunks) {
        List<String> out = new ArrayList<>();
        List<String> pieces = words.pieces(chunks);
        for (int i = 0; i < pieces.size(); i++) {
            boolean last = i == pieces.size() - 1;
            ObjectNode chunk = envelope("chat.completion.chunk", prompt);
            ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
            ObjectNode delta = choice.putObject("delta").put("role", "assistant");
            if (last) {
                choice.put("finish_reason", reason(request, words));
                say(request, delta, pieces.get(i));
                usage(chunk, prompt, words);
            } else {
                delta.put("content", pieces.get(i));
                choice.putNull("finish_reason");
            }
            out.add(Json.write(chunk));
        }
        return new Reply.Chunks(out, Framing.DONE_EVENTS);
    }

    /** A request with a function gets a call of it. */
    private static void say(ObjectNode request, ObjectNode message, String text) {
        JsonNode function = request.path("tools").path(0).path("function").path("name");
        if (function.isTextual()) {
            message.putNull("content");
            ObjectNode call = message.putArray("tool_calls").addObject();
            call.put("index", 0).put("id", "function-call-1").put("type", "function");
            call.putObject("function").put("name", function.asText()).put("arguments", "{\"text\":\"sandbox\"}");
        } else {
            message.put("content", text);
        }
    }

    private static String reason(ObjectNode request, Words words) {
        if (!request.path("tools").path(0).isMissingNode()) {
            return "tool_calls";
        }
        return words.cut() ? "length" : "stop";
    }

    private ObjectNode envelope(String object, String prompt) {
        return Json.object()
                .put("id", "chatcmpl-" + Words.score(prompt))
                .put("object", object)
                .put("created", 1_760_000_000)
                .put("model", PREFIX + model);
    }

    private static void usage(ObjectNode reply, String prompt, Words words) {
        int said = words.words().size();
        reply.putObject("usage")
                .put("prompt_tokens", Words.tokens(prompt))
                .put("completion_tokens", said)
                .put("total_tokens", Words.tokens(prompt) + said);
    }

    private static int cap(ObjectNode request) {
        return request.path("max_tokens")
                .asInt(request.path("max_completion_tokens").asInt(0));
    }

    private static String prompt(ObjectNode request) {
        JsonNode messages = request.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw GoogleErrors.invalid("messages: must be a list of at least one");
        }
        JsonNode content = messages.get(messages.size() - 1).path("content");
        if (content.isTextual()) {
            return content.asText();
        }
        List<String> texts = new ArrayList<>();
        content.forEach(part -> texts.add(part.path("text").asText("")));
        return String.join(" ", texts);
    }
}
