package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Speaker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that stand one behind the other in one message: models read them as one. Collected in the body's order. */
final class SplitTexts {
    /** The parts of a message, as every surface has them: strings, or objects whose text it is. */
    private static final Pattern PART_OF_MESSAGE = Pattern.compile("(.*)/[0-9]+(?:/text)?");

    private final Map<Place, List<String>> messages = new LinkedHashMap<>();

    private record Place(String message, Speaker speaker) {}

    /**
     * Adds a text.
     *
     * @param left what goes on of it
     */
    void add(Part.Text part, String left) {
        if (part.speaker() == Speaker.Data) {
            return; // rows of data are no message
        }
        Matcher place = PART_OF_MESSAGE.matcher(part.pointer());
        if (place.matches()) {
            messages.computeIfAbsent(new Place(place.group(1), part.speaker()), first -> new ArrayList<>(2))
                    .add(left);
        }
    }

    /** Whether the rule finds something that begins in one text and ends in another. */
    boolean holds(LocalRule rule) {
        return messages.values().stream()
                .anyMatch(texts -> texts.size() > 1 && (holds(rule, texts, "") || holds(rule, texts, " ")));
    }

    private static boolean holds(LocalRule rule, List<String> texts, String between) {
        List<Finding> findings = rule.find(String.join(between, texts), false, false);
        int end = 0;
        for (String text : texts) {
            int from = end;
            end = from + text.length();
            int last = end;
            if (findings.stream().anyMatch(found -> found.from() >= from && found.from() < last && found.to() > last)) {
                return true;
            }
            end += between.length();
        }
        return false;
    }
}
