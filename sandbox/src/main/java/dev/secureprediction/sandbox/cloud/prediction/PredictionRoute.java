package dev.secureprediction.sandbox.cloud.prediction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prediction is asked of.
 *
 * @param resource `projects/P/locations/L/endpoints/E` or `projects/P/locations/L/publishers/X/models/M`
 * @param publisherModel `publishers/X/models/M`; empty for an endpoint
 * @param verb what stands after the colon
 */
record PredictionRoute(String resource, Optional<String> publisherModel, String verb) {
    /** The paths of all predictions, for a router that takes a regular expression. */
    static final String PATHS = "regex:^/(v1|v1beta1)/projects/[^/]+/locations/[^/]+/"
            + "(endpoints/openapi/chat/completions|(endpoints/[^/:]+|publishers/[^/]+/models/[^/:]+):(predict|rawPredict|streamRawPredict"
            + "|serverStreamingPredict|generateContent|streamGenerateContent|countTokens|embedContent))$";

    private static final String CHAT = "/chat/completions";

    private static final Pattern PATH = Pattern.compile("/(?:v1|v1beta1)/(?<resource>projects/[^/]+/locations/[^/]+/"
            + "(?:endpoints/[^/:]+|(?<model>publishers/[^/]+/models/[^/:]+))):(?<verb>[A-Za-z]+)");

    static PredictionRoute of(String path) {
        if (path.endsWith(CHAT)) {
            String resource = path.substring(path.indexOf("projects/"), path.length() - CHAT.length());
            return new PredictionRoute(resource, Optional.empty(), "chatCompletions");
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a path of a prediction: " + path);
        }
        return new PredictionRoute(
                matcher.group("resource"), Optional.ofNullable(matcher.group("model")), matcher.group("verb"));
    }

    /** The full gRPC name of the method. */
    String method() {
        String name = Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
        String service = verb.equals("countTokens") ? "LlmUtilityService" : "PredictionService";
        return "google.cloud.aiplatform.v1." + service + "/" + name;
    }

    /** The model's own name: `gemini-2.5-flash`; the endpoint's id for an endpoint. */
    String lastName() {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }
}
