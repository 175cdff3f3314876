package dev.secureprediction.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What an edit of an environment would do, as the operator answers it: endpoint by endpoint, for people. */
record EnvironmentPlanText(JsonNode answer) {

    private static final String ABSENT = "absent";

    /** 0: no endpoint would change; 2: some would; 1: the environment, or an endpoint in it, would be refused. */
    int exitCode() {
        boolean isRefused = !answer.path("accepted").asBoolean()
                || answer.path("endpoints")
                        .valueStream()
                        .anyMatch(endpoint -> !endpoint.path("problems").isEmpty());
        if (isRefused) {
            return PlanText.UNKNOWN;
        }
        return answer.path("endpoints").isEmpty() ? PlanText.NONE : PlanText.CHANGES;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        answer.path("problems").forEach(problem -> lines.add("refused: " + problem.asText()));
        answer.path("notes").forEach(note -> lines.add("note: " + note.asText()));
        for (JsonNode endpoint : answer.path("endpoints")) {
            lines.add(endpoint.path("namespace").asText() + "/"
                    + endpoint.path("name").asText());
            endpoint.path("problems").forEach(problem -> lines.add("  refused: " + problem.asText()));
            endpoint.path("notes").forEach(note -> lines.add("  note: " + note.asText()));
            endpoint.path("changes").forEach(change -> lines.add("  " + line(change)));
        }
        int touched = answer.path("endpoints").size();
        lines.add(
                touched + " endpoints would change, " + answer.path("untouched").asInt() + " would not");
        return lines;
    }

    private static String line(JsonNode change) {
        String now = change.path("now").asText();
        String then = change.path("then").asText();
        String sign = now.equals(ABSENT) ? "+ " : then.equals(ABSENT) ? "- " : "~ ";
        return sign + change.path("part").asText() + " " + change.path("field").asText() + ": " + now + " -> " + then;
    }
}
