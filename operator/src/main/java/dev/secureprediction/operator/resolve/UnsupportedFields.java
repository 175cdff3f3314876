package dev.secureprediction.operator.resolve;

import static dev.secureprediction.operator.resolve.FieldRule.onlyAs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The fields of the schema that nothing implements yet. Who sets one is told so, since a field that is ignored in
 * silence is a promise broken in silence. Work that implements a field removes its line here.
 */
public final class UnsupportedFields {

    /** Of a PredictionEnvironment. */
    public static final List<FieldRule> ENVIRONMENT = List.of();

    /** Of a SecurePredictionEndpoint. */
    public static final List<FieldRule> ENDPOINT =
            List.of(onlyAs("spec.contract.verification.canary.surface", "VertexPredict", "GeminiGenerate"));

    private UnsupportedFields() {}

    /** What a PredictionEnvironment, as JSON, asks for in vain. */
    static List<Problem> ofEnvironment(JsonNode environment) {
        return check(ENVIRONMENT, environment);
    }

    /** What a SecurePredictionEndpoint, as JSON, asks for in vain. */
    static List<Problem> ofEndpoint(JsonNode endpoint) {
        return check(ENDPOINT, endpoint);
    }

    private static List<Problem> check(List<FieldRule> rules, JsonNode resource) {
        return rules.stream()
                .flatMap(rule -> rule.brokenAt(resource).stream().map(path -> problem(rule, path)))
                .toList();
    }

    private static Problem problem(FieldRule rule, String path) {
        String allowed = rule.allowed().stream().sorted().collect(Collectors.joining(" or "));
        String remedy = allowed.isEmpty() ? "remove it" : "remove it, or use " + allowed;
        return new Problem(Reason.NotSupportedYet, path, "not implemented in this version; " + remedy);
    }
}
