package dev.secureprediction.policy.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says what a schema expects, from the schema alone; a validator's own words would repeat the value. */
final class Explanation {

    private final Set<String> knownNames;

    Explanation(Set<String> knownNames) {
        this.knownNames = knownNames;
    }

    Violation of(Error error) {
        return new Violation(pointer(error.getInstanceLocation()), message(error));
    }

    private String pointer(NodePath path) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            boolean safe = step instanceof Integer || knownNames.contains(String.valueOf(step));
            pointer.append(safe ? SchemaShape.child("", String.valueOf(step)) : "/*");
        }
        return pointer.toString();
    }

    private static String message(Error error) {
        JsonNode expected = error.getSchemaNode();
        String keyword = String.valueOf(error.getKeyword());
        return switch (keyword) {
            case "type" -> "must be of type " + types(expected);
            case "required", "dependentRequired" ->
                error.getProperty() == null
                        ? "lacks a required field"
                        : "lacks the field `" + error.getProperty() + "`";
            case "enum" -> "must be one of the allowed values";
            case "const" -> "must be the one allowed value";
            case "pattern" -> "must match the pattern " + expected.asText();
            case "format" -> "must be in the format " + expected.asText();
            case "minimum" -> "must be at least " + expected.asText();
            case "maximum" -> "must be at most " + expected.asText();
            case "exclusiveMinimum" -> "must be above " + expected.asText();
            case "exclusiveMaximum" -> "must be below " + expected.asText();
            case "multipleOf" -> "must be a multiple of " + expected.asText();
            case "minLength" -> "must have at least " + expected.asText() + " characters";
            case "maxLength" -> "must have at most " + expected.asText() + " characters";
            case "minItems" -> "must have at least " + expected.asText() + " items";
            case "maxItems" -> "must have at most " + expected.asText() + " items";
            case "minProperties" -> "must have at least " + expected.asText() + " fields";
            case "maxProperties" -> "must have at most " + expected.asText() + " fields";
            case "uniqueItems" -> "must have items that differ, at most " + FewUniqueItems.MAX_ITEMS;
            case "additionalProperties", "unevaluatedProperties", "propertyNames" -> "has a field that is not allowed";
            case "contains", "minContains", "maxContains" -> "must have the required number of certain items";
            case "oneOf", "anyOf" -> "must have one of the allowed forms";
            case "not" -> "has a form that is not allowed";
            default -> "is not allowed here";
        };
    }

    private static String types(JsonNode expected) {
        if (!expected.isArray()) {
            return expected.asText();
        }
        List<String> types = new ArrayList<>();
        expected.forEach(type -> types.add(type.asText()));
        return String.join(" or ", types);
    }
}
