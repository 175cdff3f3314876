package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** One local rule over all parts of a request, by themselves and put together. */
final class LocalCheck {
    private final LocalRule rule;

    /** What came of it. */
    sealed interface Result {}

    /** Nothing was found. */
    record Clean() implements Result {}

    /** Something was found, and the request must not go on. */
    record Found() implements Result {}

    /** Something was found, and goes on replaced. */
    record Masked(List<Edit> edits) implements Result {}

    /** There is something that no text can be read out of. */
    record Unscreenable(String pointer) implements Result {}

    LocalCheck(LocalRule rule) {
        this.rule = rule;
    }

    Result of(Content content, byte[] body) {
        if (content.unscreenable().isPresent()) {
            return new Unscreenable(content.unscreenable().get());
        }
        List<String> texts = new ArrayList<>(content.parts().size());
        List<Edit> edits = new ArrayList<>();
        SplitTexts split = new SplitTexts();
        for (Part part : content.parts()) {
            Optional<String> text = text(part, body);
            if (text.isEmpty()) {
                return new Unscreenable(part.pointer());
            }
            texts.add(text.get());
            boolean name = part instanceof Part.Text literal && Literal.isName(body, literal.span());
            List<Finding> findings = rule.find(text.get(), false, false);
            String left = text.get();
            if (!findings.isEmpty()) {
                if (!rule.masks() || name) {
                    return new Found();
                }
                left = Literal.masked(text.get(), findings);
                edits.add(edit(part, left));
            }
            if (part instanceof Part.Text piece && !name) {
                split.add(piece, left);
            }
        }
        // what stands in two literals has no place where a mask could go
        if (rule instanceof DenyRule ? isFoundAcross(texts) : split.holds(rule)) {
            return new Found();
        }
        return edits.isEmpty() ? new Clean() : new Masked(edits);
    }

    private static Optional<String> text(Part part, byte[] body) {
        return switch (part) {
            case Part.Text text -> Optional.of(text.text());
            case Part.Inline inline -> InlineBytes.text(inline, body);
            case Part.File file -> Optional.empty();
        };
    }

    private static Edit edit(Part part, String masked) {
        return switch (part) {
            case Part.Text text -> Literal.saying(masked, text.span());
            case Part.Inline inline ->
                Literal.saying(
                        Base64.getEncoder().encodeToString(masked.getBytes(StandardCharsets.UTF_8)), inline.span());
            case Part.File file -> throw new IllegalStateException("no text was read out of a file");
        };
    }

    /** A text cut into several parts says the same, whether it was cut in a word or between two. */
    private boolean isFoundAcross(List<String> texts) {
        return texts.size() > 1
                && (!rule.find(String.join("", texts), false, false).isEmpty()
                        || !rule.find(String.join(" ", texts), false, false).isEmpty());
    }
}
