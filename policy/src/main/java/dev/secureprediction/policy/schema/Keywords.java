package dev.secureprediction.policy.schema;

import java.util.List;
import java.util.Set;

/** The keywords of JSON Schema 2020-12 by what they hold. Those not here are refused, so that a misspelt one is seen. */
final class Keywords {

    /** Hold one schema for the same value. */
    static final Set<String> SAME_VALUE = Set.of("not", "if", "then", "else");

    /** Hold a list of schemas for the same value. */
    static final Set<String> SAME_VALUE_LISTS = Set.of("allOf", "anyOf", "oneOf");

    /** Hold schemas by name for the same value. */
    static final Set<String> SAME_VALUE_MAPS = Set.of("dependentSchemas");

    /** Hold one schema for values inside. */
    static final Set<String> INNER = Set.of(
            "items", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames");

    /** Hold a list of schemas for values inside. */
    static final Set<String> INNER_LISTS = Set.of("prefixItems");

    /** Hold schemas by name, or pattern, for values inside. */
    static final Set<String> INNER_MAPS = Set.of("properties", "patternProperties");

    /** Hold schemas by name that apply only where referred to. */
    static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

    /** Hold plain values. */
    static final Set<String> PLAIN = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$ref",
            "type",
            "enum",
            "const",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "maxProperties",
            "minProperties",
            "required",
            "dependentRequired",
            "format",
            "title",
            "description",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly",
            "examples");

    /** Formats that are checked; each of its validators is linear in the length of the text. */
    static final Set<String> FORMATS = Set.of(
            "date-time",
            "date",
            "time",
            "duration",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "uri",
            "uuid",
            "json-pointer");

    /** The one dialect. */
    static final List<String> DIALECTS =
            List.of("https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2020-12/schema#");

    private Keywords() {}
}
