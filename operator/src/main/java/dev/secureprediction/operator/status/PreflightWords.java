package dev.secureprediction.operator.status;

import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.cloud.Remedy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a preflight found, for people: what is missing where, and the line that gives it. */
final class PreflightWords {

    private PreflightWords() {}

    static String of(Preflight.PermissionsMissing lacking) {
        Map<String, Set<String>> sorted = new TreeMap<>(lacking.missing());
        return sorted.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " missing on projects/" + entry.getKey() + "; run: "
                        + Remedy.operatorPermissions(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; "));
    }
}
