package dev.secureprediction.policy.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks a schema once: what it holds, whether it stays within bounds, and whether it comes to an end. A refusal names
 * the place in the schema.
 */
final class SchemaShape {

    static final int MAX_DEPTH = 32;
    static final int MAX_NODES = 2_000;
    private static final int MAX_TEXT = 8_192;

    /** Longest chain of schemas for one and the same value. */
    private static final int MAX_CHAIN = 16;

    /** Most schemas that one value may meet, references followed. */
    private static final int MAX_FAN_OUT = 2_000;

    /** Pointers of all schemas. */
    private final Set<String> schemas = new LinkedHashSet<>();
    /** Pointers of the schemas that a schema applies to the same value. */
    private final Map<String, List<String>> sameValue = new HashMap<>();
    /** Targets by the pointer of the schema that refers to them. */
    private final Map<String, String> references = new LinkedHashMap<>();

    private final Set<String> names = new TreeSet<>();
    private int nodes;

    private SchemaShape() {}

    /**
     * Checks a schema.
     *
     * @throws InvalidSchemaException where it cannot be used
     */
    static SchemaShape of(JsonNode root) {
        SchemaShape shape = new SchemaShape();
        shape.count(root, "", 0);
        shape.schema(root, "");
        shape.resolveReferences();
        Map<String, Reach> known = new HashMap<>();
        for (String schema : shape.schemas) {
            shape.reach(schema, known, 1);
        }
        return shape;
    }

    /** All property names that it speaks of. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    /** Pointers of all schemas in it, its own among them. */
    Set<String> schemas() {
        return Set.copyOf(schemas);
    }

    private void count(JsonNode node, String pointer, int depth) {
        require(depth <= MAX_DEPTH, pointer, "is nested deeper than " + MAX_DEPTH + " levels; flatten it");
        nodes++;
        require(nodes <= MAX_NODES, "", "has more than " + MAX_NODES + " values; make it smaller");
        if (node.isTextual()) {
            checkLength(node.textValue(), pointer);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                count(node.get(i), pointer + "/" + i, depth + 1);
            }
        } else {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                checkLength(member.getKey(), pointer);
                count(member.getValue(), child(pointer, member.getKey()), depth + 1);
            }
        }
    }

    private static void checkLength(String text, String pointer) {
        require(text.length() <= MAX_TEXT, pointer, "is longer than " + MAX_TEXT + " characters; shorten it");
    }

    private void schema(JsonNode schema, String pointer) {
        require(schema.isObject() || schema.isBoolean(), pointer, "must be a schema: an object, true or false");
        schemas.add(pointer);
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            keyword(pointer, member.getKey(), member.getValue());
        }
    }

    private void keyword(String schema, String keyword, JsonNode value) {
        String pointer = child(schema, keyword);
        if (Keywords.SAME_VALUE.contains(keyword)) {
            sameValue(schema, pointer);
            schema(value, pointer);
        } else if (Keywords.SAME_VALUE_LISTS.contains(keyword)) {
            require(!value.isEmpty(), pointer, "must list at least one schema");
            list(value, pointer).forEach(each -> sameValue(schema, each));
        } else if (Keywords.SAME_VALUE_MAPS.contains(keyword)) {
            map(value, pointer).forEach(each -> sameValue(schema, each));
        } else if (Keywords.INNER.contains(keyword)) {
            schema(value, pointer);
        } else if (Keywords.INNER_LISTS.contains(keyword)) {
            list(value, pointer);
        } else if (Keywords.INNER_MAPS.contains(keyword) || Keywords.DEFINITIONS.contains(keyword)) {
            map(value, pointer);
        } else {
            require(
                    Keywords.PLAIN.contains(keyword),
                    pointer,
                    "is no keyword that can be used here; correct its spelling or remove it");
            PlainKeywords.check(keyword, value, pointer);
        }
        note(schema, keyword, value, pointer);
    }

    private void note(String schema, String keyword, JsonNode value, String pointer) {
        switch (keyword) {
            case "properties" -> value.fieldNames().forEachRemaining(names::add);
            case "patternProperties" ->
                value.fieldNames().forEachRemaining(pattern -> BoundedPattern.compile(pattern, pointer));
            case "required" -> value.forEach(name -> names.add(name.asText()));
            case "$ref" -> references.put(schema, value.asText().substring(1));
            case "$id" -> require(schema.isEmpty(), pointer, "is allowed at the top only; remove it");
            default -> {}
        }
    }

    private List<String> list(JsonNode values, String pointer) {
        require(values.isArray(), pointer, "must be a list of schemas");
        List<String> pointers = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            pointers.add(pointer + "/" + i);
            schema(values.get(i), pointer + "/" + i);
        }
        return pointers;
    }

    private List<String> map(JsonNode values, String pointer) {
        require(values.isObject(), pointer, "must be an object whose values are schemas");
        List<String> pointers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : values.properties()) {
            String inner = child(pointer, member.getKey());
            pointers.add(inner);
            schema(member.getValue(), inner);
        }
        return pointers;
    }

    private void sameValue(String schema, String inner) {
        sameValue.computeIfAbsent(schema, key -> new ArrayList<>()).add(inner);
    }

    private void resolveReferences() {
        references.forEach((schema, target) -> {
            require(
                    schemas.contains(target),
                    schema + "/$ref",
                    "refers to no schema in this document; use `#` or `#/$defs/…` of one that exists");
            sameValue(schema, target);
        });
    }

    /** What one value meets from a schema on. An endless chain runs into its limit. */
    private Reach reach(String schema, Map<String, Reach> known, int chain) {
        checkChain(schema, chain);
        Reach before = known.get(schema);
        if (before != null) {
            return before;
        }
        int count = 1;
        int longest = 0;
        for (String inner : sameValue.getOrDefault(schema, List.of())) {
            Reach reach = reach(inner, known, chain + 1);
            count += reach.count();
            longest = Math.max(longest, reach.chain());
            require(
                    count <= MAX_FAN_OUT,
                    schema,
                    "applies more than " + MAX_FAN_OUT + " schemas to one value; simplify it");
        }
        checkChain(schema, longest + 1);
        Reach reach = new Reach(count, longest + 1);
        known.put(schema, reach);
        return reach;
    }

    private static void checkChain(String schema, int chain) {
        require(
                chain <= MAX_CHAIN,
                schema,
                "refers to itself without going into the value, or through more than " + MAX_CHAIN
                        + " schemas; shorten the chain");
    }

    /**
     * @param count schemas that one value meets
     * @param chain the longest way through them
     */
    private record Reach(int count, int chain) {}

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static void require(boolean holds, String pointer, String problem) {
        if (!holds) {
            throw new InvalidSchemaException(pointer, problem);
        }
    }
}
