package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import java.util.List;
import java.util.regex.Pattern;

/** Where two contracts differ. */
public final class ContractDifference {

    private ContractDifference() {}

    /** Longest value shown. */
    private static final int MAX_VALUE = 64;

    /** What a reader of the status might not be meant to see. */
    private static final Pattern CLOSED = Pattern.compile("contract\\.(verification\\.canary|guardrails)\\b.*");

    /**
     * One difference.
     *
     * @param path below `spec`; the closest that names one whole difference
     * @param mine the value here, cut; absent and defaults are `-`
     * @param other the value there
     */
    public record At(String path, String mine, String other) {

        @Override
        public String toString() {
            return path + " (" + mine + ", there " + other + ")";
        }
    }

    /** The differences, sorted by path, at most so many. */
    public static List<At> between(Contract mine, Contract other, int limit) {
        return JsonDifference.between(
                        "contract",
                        ContractDigest.essence(mine),
                        ContractDigest.essence(other),
                        "contract.request.schema"::equals)
                .stream()
                .limit(limit)
                .map(found ->
                        new At(found.path(), shown(found.path(), found.mine()), shown(found.path(), found.other())))
                .toList();
    }

    private static String shown(String path, JsonNode value) {
        if (value.isMissingNode()) {
            return "-";
        }
        if (CLOSED.matcher(path).matches()) {
            return "not shown";
        }
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE - 1) + "…";
    }
}
