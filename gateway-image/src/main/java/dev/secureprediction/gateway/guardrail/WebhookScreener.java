package dev.secureprediction.gateway.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A service of the user's own. It gets `{"stage":"Request","parts":[{"kind":"Text","speaker":"User","text":"…"},
 * {"kind":"Inline","mimeType":"…","data":"base64"},{"kind":"File","mimeType":"…","uri":"…"}]}` and answers
 * `{"verdict":"Pass"}` or `{"verdict":"Block"}`; anything else is a failure.
 */
final class WebhookScreener implements RemoteScreener {
    private final ScreeningClient client;
    private final String url;
    private final Duration timeout;

    WebhookScreener(ScreeningClient client, String url, Duration timeout) {
        this.client = client;
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public boolean reads(Screening.Item item) {
        return true;
    }

    @Override
    public CompletableFuture<Boolean> passes(Screening screening) {
        ObjectNode body = ScreeningClient.json().createObjectNode();
        body.put("stage", screening.stage().name());
        ArrayNode parts = body.putArray("parts");
        for (Screening.Item item : screening.items()) {
            switch (item) {
                case Screening.Text text ->
                    parts.addObject()
                            .put("kind", "Text")
                            .put("speaker", text.speaker().name())
                            .put("text", text.text());
                case Screening.Bytes bytes ->
                    parts.addObject()
                            .put("kind", "Inline")
                            .put("mimeType", bytes.mimeType())
                            .put("data", bytes.base64());
                case Screening.File file ->
                    parts.addObject()
                            .put("kind", "File")
                            .put("mimeType", file.mimeType())
                            .put("uri", file.uri());
            }
        }
        return client.post(url, Map.of(), body, timeout).thenApply(WebhookScreener::isPass);
    }

    private static boolean isPass(JsonNode answer) {
        return switch (answer.path("verdict").asText("")) {
            case "Pass" -> true;
            case "Block" -> false;
            default -> throw new ScreeningFailedException("UNKNOWN_VERDICT");
        };
    }
}
