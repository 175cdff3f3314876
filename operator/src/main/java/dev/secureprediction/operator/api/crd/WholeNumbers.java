package dev.secureprediction.operator.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bounds that the schema model keeps as doubles, written as people write them: 1, not 1.0. */
final class WholeNumbers {

    static JsonNode in(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                object.properties().forEach(e -> e.setValue(in(e.getValue())));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, in(array.get(i)));
                }
                yield array;
            }
            default ->
                node.isDouble() && node.doubleValue() == Math.rint(node.doubleValue())
                        ? LongNode.valueOf(node.longValue())
                        : node;
        };
    }

    private WholeNumbers() {}
}
