package dev.secureprediction.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A plan as the operator answers it, for people; and what it means for a script. */
record PlanText(JsonNode answer) {

    static final int NONE = 0;
    static final int UNKNOWN = 1;
    static final int CHANGES = 2;

    private static final String ABSENT = "absent";

    /** 0: nothing would change; 2: something would; 1: it would not be accepted, or not all could be looked at. */
    int exitCode() {
        if (!answer.path("accepted").asBoolean() || !answer.path("complete").asBoolean()) {
            return UNKNOWN;
        }
        return answer.path("changes").isEmpty() ? NONE : CHANGES;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        answer.path("problems").forEach(problem -> lines.add("refused: " + problem.asText()));
        answer.path("changes").forEach(change -> lines.add(line(change)));
        answer.path("notes").forEach(note -> lines.add("note: " + note.asText()));
        String hash = answer.path("planHash").asText();
        if (!hash.isEmpty()) {
            lines.add("hash of what changes in Google Cloud: " + hash);
        }
        if (exitCode() == NONE) {
            lines.add("no changes");
        }
        return lines;
    }

    /** As `+`, `-` or `~`, where, what, and both values where both are worth reading. */
    private static String line(JsonNode change) {
        String observed = change.path("observed").asText();
        String desired = change.path("desired").asText();
        String field = change.path("field").asText();
        String what = change.path("resource").asText() + (field.isEmpty() ? "" : " " + field);
        String words;
        if (field.isEmpty() && observed.equals(ABSENT)) {
            words = "+ " + what;
        } else if (field.isEmpty() && desired.equals(ABSENT)) {
            words = "- " + what;
        } else {
            String sign = observed.equals(ABSENT) ? "+ " : desired.equals(ABSENT) ? "- " : "~ ";
            words = sign + what + ": " + observed + " -> " + desired;
        }
        return String.format("%-8s", change.path("where").asText())
                + words
                + (change.path("destructive").asBoolean() ? " (destructive)" : "");
    }
}
