package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Where two trees differ.
 *
 * @param path the closest that names one whole difference
 * @param mine the value here; missing where there is none
 * @param other the value there
 */
record JsonDifference(String path, JsonNode mine, JsonNode other) {

    /**
     * All of them, objects by their members' names.
     *
     * @param root what paths begin with
     * @param isWhole paths below which nothing is told apart
     */
    static List<JsonDifference> between(String root, JsonNode mine, JsonNode other, Predicate<String> isWhole) {
        List<JsonDifference> found = new ArrayList<>();
        collect(root, mine, other, isWhole, found);
        return found;
    }

    private static void collect(
            String path, JsonNode mine, JsonNode other, Predicate<String> isWhole, List<JsonDifference> found) {
        if (mine.equals(other)) {
            return;
        }
        boolean isObjectOrAbsent =
                (mine.isObject() || mine.isMissingNode()) && (other.isObject() || other.isMissingNode());
        if (isObjectOrAbsent && !isWhole.test(path)) {
            Set<String> names = new TreeSet<>();
            mine.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collect(path + "." + name, mine.path(name), other.path(name), isWhole, found));
        } else if (mine.isArray() && other.isArray() && mine.size() == other.size()) {
            for (int i = 0; i < mine.size(); i++) {
                collect(path + "[" + i + "]", mine.get(i), other.get(i), isWhole, found);
            }
        } else {
            found.add(new JsonDifference(path, mine, other));
        }
    }
}
