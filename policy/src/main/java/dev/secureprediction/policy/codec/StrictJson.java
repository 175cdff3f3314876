package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;

/** Reads records from JSON without guessing: no unknown field, no duplicate, no missing one, no coercion. */
final class StrictJson {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_DIGITS = 40;

    private final int maxBytes;
    private final JsonMapper mapper;

    /** @param maxBytes longest accepted document */
    StrictJson(int maxBytes) {
        this.maxBytes = maxBytes;
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_DIGITS)
                .maxNameLength(1024)
                .maxStringLength(maxBytes)
                .maxDocumentLength(maxBytes)
                .build();
        this.mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .addModule(new Jdk8Module())
                .annotationIntrospector(new RequiredUnlessOptional())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    /** The document as a tree. */
    JsonNode parse(byte[] json) {
        if (json.length > maxBytes) {
            throw new InvalidPolicyException(
                    "", "has " + json.length + " bytes, more than " + maxBytes + "; make it smaller");
        }
        try (JsonParser parser = mapper.createParser(json)) {
            return tree(parser);
        } catch (IOException e) {
            throw new InvalidPolicyException("", "cannot be read; write it again");
        }
    }

    private static JsonNode tree(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidPolicyException("", "is not a JSON object; write one");
            }
            JsonNode root = parser.readValueAsTree();
            if (parser.nextToken() != null) {
                throw new InvalidPolicyException("", "goes on after its closing brace; remove what follows");
            }
            return root;
        } catch (JsonProcessingException e) {
            String pointer = parser.getParsingContext().pathAsPointer().toString();
            throw new InvalidPolicyException(pointer, syntaxProblem(e));
        } catch (NumberFormatException e) { // 1e9999999999, as a Jazzer run showed
            String pointer = parser.getParsingContext().pathAsPointer().toString();
            throw new InvalidPolicyException(pointer, "is a number beyond all bounds; write a smaller one");
        }
    }

    private static String syntaxProblem(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "is nested deeper than " + MAX_DEPTH + " levels, or holds a name or number that is too long";
        }
        String at = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
                ? "has the same field twice" + at + "; remove one"
                : "is not valid JSON" + at + "; correct the syntax";
    }

    /** The record that a tree says. */
    <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return mapper.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw new InvalidPolicyException(Pointers.of(e.getPath()), bindingProblem(e));
        } catch (JsonProcessingException e) {
            throw new InvalidPolicyException("", "cannot be read; write it again");
        }
    }

    private static String bindingProblem(JsonMappingException e) {
        if (e instanceof MismatchedInputException mismatch && missing(mismatch)) {
            return "lacks a required field, or it is null; set it";
        }
        return switch (e) {
            case PropertyBindingException unknown ->
                "is not a field of this format; remove it, or use a version that knows it";
            case InvalidTypeIdException kind -> "has an unknown or no `kind`; use one that this version knows";
            case InvalidFormatException format -> "has a value that is not allowed here; use a documented one";
            case MismatchedInputException mismatch -> "has a value of the wrong type; use the documented one";
            default -> "has a value that is null or malformed; set it";
        };
    }

    private static boolean missing(MismatchedInputException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return e instanceof InvalidNullException
                || message.startsWith("Missing required")
                || message.startsWith("Null value for creator");
    }

    /** The record as a tree, absent fields left out. */
    JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }
}
