package dev.secureprediction.gateway.surface.openai;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.IOException;
import java.util.Set;

/**
 * The members of a chat that Vertex AI's path for publishers' models documents. It ignores any other, and what is ignored in
 * silence would be a promise broken in silence, so that those are refused here.
 */
final class ChatMembers {
    private static final Set<String> MAPPED = Set.of(
            "model",
            "messages",
            "max_tokens",
            "max_completion_tokens",
            "n",
            "frequency_penalty",
            "presence_penalty",
            "response_format",
            "seed",
            "stop",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "logprobs",
            "top_logprobs",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "web_search_options",
            "reasoning_effort",
            "user",
            "google",
            "extra_body");

    /** What Vertex AI documents of its own additions; in either spelling. Anything else could be tools or caps by another name. */
    private static final Set<String> OF_GOOGLE = Set.of(
            "cached_content",
            "cachedContent",
            "safety_settings",
            "safetySettings",
            "thinking_config",
            "thinkingConfig",
            "thought_tag_marker",
            "thoughtTagMarker");

    private ChatMembers() {}

    static void check(byte[] body) throws RefusedException {
        BodyReader.read(
                body,
                in -> in.object(name -> {
                    if (!MAPPED.contains(name)) {
                        throw unsupported(in);
                    }
                    switch (name) {
                        case "google" -> google(in);
                        case "extra_body" -> extra(in);
                        default -> in.skip();
                    }
                }));
    }

    private static void extra(BodyReader in) throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        in.object(name -> {
            if (!name.equals("google")) {
                throw unsupported(in);
            }
            google(in);
        });
    }

    private static void google(BodyReader in) throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        in.object(name -> {
            if (!OF_GOOGLE.contains(name)) {
                throw unsupported(in);
            }
            in.skip();
        });
    }

    private static RefusedException unsupported(BodyReader in) {
        return in.invalid("is not supported for this model; leave it out");
    }
}
