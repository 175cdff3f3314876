package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.surface.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts long texts into windows that overlap, so that nothing hides where one ends. */
final class Texts {
    /** Largest window, in chars: what every filter of Model Armor takes at once. */
    static final int WINDOW = 8_000;

    /** How much of the window before a window begins with, in chars. */
    static final int OVERLAP = 256;

    private Texts() {}

    /** The text with a sign of its own for each half of a surrogate pair, which cannot be sent. */
    static String wellFormed(String text) {
        return Utf8.hasLoneSurrogate(text)
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : text;
    }

    static List<String> windows(String text) {
        if (text.length() <= WINDOW) {
            return text.isBlank() ? List.of() : List.of(text);
        }
        List<String> windows = new ArrayList<>();
        int from = 0;
        int to;
        do {
            to = Math.min(text.length(), from + WINDOW);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            windows.add(text.substring(from, to));
            from = to - OVERLAP;
            if (Character.isLowSurrogate(text.charAt(from))) {
                from--;
            }
        } while (to < text.length());
        return windows;
    }
}
