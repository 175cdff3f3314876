package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two contracts differ. */
public final class ContractDifference {

    private ContractDifference() {}

    /** Paths below `spec`, sorted, at most so many; the closest that name one whole difference. */
    public static List<String> paths(Contract mine, Contract other, int limit) {
        List<String> paths = new ArrayList<>();
        collect("contract", ContractDigest.essence(mine), ContractDigest.essence(other), paths);
        return paths.stream().limit(limit).toList();
    }

    private static void collect(String path, JsonNode mine, JsonNode other, List<String> paths) {
        if (mine.equals(other)) {
            return;
        }
        if (mine.isObject() && other.isObject()) {
            Set<String> names = new TreeSet<>();
            mine.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collect(path + "." + name, mine.path(name), other.path(name), paths));
        } else if (mine.isArray() && other.isArray() && mine.size() == other.size()) {
            for (int i = 0; i < mine.size(); i++) {
                collect(path + "[" + i + "]", mine.get(i), other.get(i), paths);
            }
        } else {
            paths.add(path);
        }
    }
}
