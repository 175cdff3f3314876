package dev.secureprediction.gateway.usage;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds the version that a model says it is in an answer that passes by in pieces: `modelVersion` of Gemini, `modelVersionId` of what is
 * deployed on Vertex AI. Only a member of the answer itself counts: what stands deeper may be the model's own words, those of a tool's
 * call for one.
 */
public final class VersionScanner {
    private static final Set<String> NAMES = Set.of("modelVersion", "modelVersionId");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}");
    private static final int LONGEST = 64;

    private final Consumer<String> found;
    private final StringBuilder text = new StringBuilder(LONGEST);
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean plain;
    private boolean named;
    private boolean colon;
    private boolean done;

    /** Tells of the first version that is found, and looks no further. */
    public VersionScanner(Consumer<String> found) {
        this.found = found;
    }

    /** Takes the next piece. */
    public void scan(byte[] piece) {
        for (int i = 0; i < piece.length && !done; i++) {
            if (inString) {
                string(piece[i]);
            } else {
                outside(piece[i]);
            }
        }
    }

    private void outside(byte next) {
        switch (next) {
            case '"' -> {
                inString = true;
                plain = true;
                text.setLength(0);
            }
            case ':' -> colon = named;
            case ' ', '\n', '\r', '\t' -> {
                // between a name and its value
            }
            default -> {
                depth += next == '{' ? 1 : next == '}' ? -1 : 0;
                named = false;
                colon = false;
            }
        }
    }

    private void string(byte next) {
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
            plain = false;
        } else if (next == '"') {
            inString = false;
            ended();
        } else if (text.length() < LONGEST) {
            text.append((char) (next & 0xff));
        } else {
            plain = false;
        }
    }

    private void ended() {
        boolean isValue = colon;
        colon = false;
        if (isValue && plain && VERSION.matcher(text).matches()) {
            done = true;
            found.accept(text.toString());
        }
        named = !isValue && plain && depth == 1 && NAMES.contains(text.toString());
    }
}
