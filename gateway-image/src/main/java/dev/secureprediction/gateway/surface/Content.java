package dev.secureprediction.gateway.surface;

import java.util.List;
import java.util.Optional;

/**
 * What one request body holds, read in one pass by its surface.
 *
 * @param model what the body itself says of the model, as written, where it does
 * @param parts everything that a screener must see, in the body's order
 * @param tools what the model may use
 * @param generation how the answer is to be made
 * @param unscreenable pointer to something whose text cannot be told, where there is such a thing; no guardrail can pass
 *     such a body
 */
public record Content(
        Optional<String> model,
        List<Part> parts,
        List<ToolUse> tools,
        Generation generation,
        Optional<String> unscreenable) {

    public Content {
        parts = List.copyOf(parts);
        tools = List.copyOf(tools);
    }
}
