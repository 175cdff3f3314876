package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.policy.model.GuardrailStage;
import java.util.List;

/**
 * What somebody else is asked about.
 *
 * @param stage whether it is a request or an answer
 * @param items all of it
 */
record Screening(GuardrailStage stage, List<Item> items) {
    Screening {
        items = List.copyOf(items);
    }

    /** One thing to look at. */
    sealed interface Item {}

    /** A text. */
    record Text(Speaker speaker, String text) implements Item {}

    /** Bytes in base64. */
    record Bytes(String mimeType, String base64) implements Item {}

    /** A file elsewhere. */
    record File(String uri, String mimeType) implements Item {}
}
