package dev.secureprediction.gateway.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Google Cloud's Model Armor: `sanitizeUserPrompt` and `sanitizeModelResponse` of its REST API, v1, in the template's own
 * region, with the gateway's own credential.
 */
final class ModelArmorScreener implements RemoteScreener {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Map<String, String> DOCUMENTS = Map.of(
            "application/pdf", "PDF",
            "text/plain", "PLAINTEXT_UTF8",
            "text/csv", "CSV",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "WORD_DOCUMENT",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "EXCEL_DOCUMENT",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation", "POWERPOINT_DOCUMENT");

    private final ScreeningClient client;
    private final String base;
    private final Supplier<CompletableFuture<String>> authorization;

    /**
     * A screener by one template.
     *
     * @param authorization value of the Authorization header
     */
    ModelArmorScreener(
            ScreeningClient client, Guardrail.ModelArmor armor, Supplier<CompletableFuture<String>> authorization) {
        this.client = client;
        this.base = "https://" + armor.authority() + "/v1/" + armor.template();
        this.authorization = authorization;
    }

    @Override
    public boolean reads(Screening.Item item) {
        return switch (item) {
            case Screening.Text text -> true;
            case Screening.Bytes bytes -> DOCUMENTS.containsKey(bytes.mimeType());
            case Screening.File file -> false;
        };
    }

    @Override
    public CompletableFuture<Boolean> passes(Screening screening) {
        StringBuilder text = new StringBuilder();
        List<ObjectNode> data = new ArrayList<>();
        for (Screening.Item item : screening.items()) {
            switch (item) {
                case Screening.Text one ->
                    text.append(text.isEmpty() ? "" : "\n").append(one.text());
                case Screening.Bytes bytes -> data.add(document(bytes));
                case Screening.File file -> throw new ScreeningFailedException("FILE");
            }
        }
        Texts.windows(text.toString())
                .forEach(window ->
                        data.add(ScreeningClient.json().createObjectNode().put("text", window)));
        return authorization.get().thenCompose(header -> ask(screening.stage(), data, 0, header));
    }

    private static ObjectNode document(Screening.Bytes bytes) {
        ObjectNode data = ScreeningClient.json().createObjectNode();
        data.putObject("byteItem")
                .put(
                        "byteDataType",
                        Optional.ofNullable(DOCUMENTS.get(bytes.mimeType())).orElse(""))
                .put("byteData", bytes.base64());
        return data;
    }

    /** One after the other; the first match ends it. */
    private CompletableFuture<Boolean> ask(GuardrailStage stage, List<ObjectNode> data, int index, String header) {
        if (index == data.size()) {
            return CompletableFuture.completedFuture(true);
        }
        boolean request = stage == GuardrailStage.Request;
        ObjectNode body = ScreeningClient.json().createObjectNode();
        body.set(request ? "userPromptData" : "modelResponseData", data.get(index));
        String method = request ? ":sanitizeUserPrompt" : ":sanitizeModelResponse";
        return client.post(base + method, Map.of("Authorization", header), body, TIMEOUT)
                .thenCompose(answer -> isClean(answer)
                        ? ask(stage, data, index + 1, header)
                        : CompletableFuture.completedFuture(false));
    }

    /** A match counts even where some filter failed; no match counts only where all of them ran. */
    private static boolean isClean(JsonNode answer) {
        JsonNode result = answer.path("sanitizationResult");
        String state = result.path("filterMatchState").asText("");
        if (state.equals("MATCH_FOUND")) {
            return false;
        }
        if (!state.equals("NO_MATCH_FOUND")
                || !result.path("invocationResult").asText("").equals("SUCCESS")) {
            throw new ScreeningFailedException("UNKNOWN_VERDICT");
        }
        return true;
    }
}
