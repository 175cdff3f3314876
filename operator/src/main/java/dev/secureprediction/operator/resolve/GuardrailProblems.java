package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.guardrail.DenyPatterns;
import dev.secureprediction.operator.api.v1alpha1.guardrail.Guardrail;
import dev.secureprediction.operator.api.v1alpha1.guardrail.SensitiveData;
import dev.secureprediction.operator.api.v1alpha1.guardrail.Stage;
import dev.secureprediction.policy.pattern.DenyPattern;
import dev.secureprediction.policy.pattern.SensitiveKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What gateways would refuse of guardrails, said where it stands in the resource. */
final class GuardrailProblems {

    private GuardrailProblems() {}

    static List<Problem> in(String list, List<Guardrail> guardrails) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < guardrails.size(); i++) {
            Guardrail guardrail = guardrails.get(i);
            String path = list + "[" + i + "]";
            DenyPatterns deny = guardrail.denyPatterns();
            if (deny != null) {
                boolean streamed =
                        guardrail.stages().isEmpty() || guardrail.stages().contains(Stage.Response);
                patterns(path + ".denyPatterns.patterns", deny.patterns(), streamed, problems);
            }
            SensitiveData data = guardrail.sensitiveData();
            if (data != null) {
                problems.addAll(kinds(path + ".sensitiveData.kinds", data.kinds()));
            }
        }
        return problems;
    }

    private static void patterns(String path, List<String> patterns, boolean streamed, List<Problem> problems) {
        for (int i = 0; i < patterns.size(); i++) {
            Optional<String> problem = DenyPattern.problem(patterns.get(i), streamed);
            String where = path + "[" + i + "]";
            problem.ifPresent(what -> problems.add(new Problem(Reason.InvalidSpec, where, what)));
        }
    }

    /** Kinds of sensitive data that nobody can find. */
    static List<Problem> kinds(String path, List<String> kinds) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            if (SensitiveKind.of(kinds.get(i)).isEmpty()) {
                problems.add(new Problem(
                        Reason.InvalidSpec,
                        path + "[" + i + "]",
                        "is no kind that gateways can find; use one of " + String.join(", ", SensitiveKind.names())));
            }
        }
        return problems;
    }

    /** Host of a URL whose form the schema has checked; empty where it has none. */
    static String host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
