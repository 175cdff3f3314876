package dev.secureprediction.policy.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Set;

/** The values that plain keywords may have; a validator would ignore a wrong one, and so check less than its author meant. */
final class PlainKeywords {

    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");

    private PlainKeywords() {}

    static void check(String keyword, JsonNode value, String pointer) {
        switch (keyword) {
            case "type" -> checkType(value, pointer);
            case "enum" ->
                SchemaShape.require(value.isArray() && !value.isEmpty(), pointer, "must list the allowed values");
            case "multipleOf" ->
                SchemaShape.require(
                        value.isNumber() && value.decimalValue().signum() > 0, pointer, "must be a number above 0");
            case "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum" ->
                SchemaShape.require(value.isNumber(), pointer, "must be a number");
            case "maxLength",
                    "minLength",
                    "maxItems",
                    "minItems",
                    "maxContains",
                    "minContains",
                    "maxProperties",
                    "minProperties" -> checkCount(value, pointer);
            case "uniqueItems" -> SchemaShape.require(value.isBoolean(), pointer, "must be true or false");
            case "pattern" -> {
                SchemaShape.require(value.isTextual(), pointer, "must be a pattern, as text");
                BoundedPattern.compile(value.textValue(), pointer);
            }
            case "required" -> checkNames(value, pointer);
            case "dependentRequired" -> {
                SchemaShape.require(value.isObject(), pointer, "must be an object of lists of names");
                value.forEach(names -> checkNames(names, pointer));
            }
            case "format" ->
                SchemaShape.require(
                        value.isTextual() && Keywords.FORMATS.contains(value.textValue()),
                        pointer,
                        "must be one of "
                                + String.join(
                                        ", ", Keywords.FORMATS.stream().sorted().toList()));
            case "$schema" ->
                SchemaShape.require(
                        value.isTextual() && Keywords.DIALECTS.contains(value.textValue()),
                        pointer,
                        "must be " + Keywords.DIALECTS.getFirst() + ", the one dialect read here");
            case "$ref" ->
                SchemaShape.require(
                        value.isTextual()
                                && (value.textValue().equals("#")
                                        || value.textValue().startsWith("#/"))
                                && !value.textValue().contains("%"),
                        pointer,
                        "must stay in this document; use `#` or `#/$defs/…`");
            default -> {}
        }
    }

    private static void checkType(JsonNode value, String pointer) {
        boolean one = value.isTextual() && TYPES.contains(value.textValue());
        boolean many = value.isArray() && !value.isEmpty();
        for (JsonNode each : value) {
            many &= each.isTextual() && TYPES.contains(each.textValue());
        }
        SchemaShape.require(
                one || many,
                pointer,
                "must be one or a list of "
                        + String.join(", ", TYPES.stream().sorted().toList()));
    }

    private static void checkCount(JsonNode value, String pointer) {
        boolean holds = value.isNumber()
                && value.decimalValue().signum() >= 0
                && value.decimalValue().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                && value.decimalValue().stripTrailingZeros().scale() <= 0;
        SchemaShape.require(holds, pointer, "must be a whole number from 0 to " + Integer.MAX_VALUE);
    }

    private static void checkNames(JsonNode value, String pointer) {
        boolean holds = value.isArray();
        for (JsonNode each : value) {
            holds &= each.isTextual();
        }
        SchemaShape.require(holds, pointer, "must be a list of names");
    }
}
