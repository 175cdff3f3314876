package dev.secureprediction.gateway.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Parses request bodies within bounds. Only UTF-8 and no duplicate names: what the upstream reads must be what was
 * checked here (RFC 8259, sections 4 and 8.1).
 */
final class JsonBody {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_POINTER = 256;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(100)
                    .maxNameLength(1_024)
                    .maxStringLength(32 * 1024 * 1024)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonMapper MAPPER = new JsonMapper(FACTORY);

    private JsonBody() {}

    /** The body as a tree; refuses whatever is not one object. */
    static JsonNode parse(byte[] body) throws RefusedException {
        try (JsonParser parser = MAPPER.createParser(body)) {
            return tree(parser);
        } catch (IOException e) {
            throw malformed("", "cannot be read");
        }
    }

    /**
     * What the top level of the body holds; refuses whatever is not one object. Keeps no tree, however large the body.
     *
     * @param names the members to tell about
     */
    static Map<String, Member> outline(byte[] body, Set<String> names) throws RefusedException {
        try (JsonParser parser = MAPPER.createParser(body)) {
            return outline(parser, names);
        } catch (IOException e) {
            throw malformed("", "cannot be read");
        }
    }

    /**
     * A member of the top level.
     *
     * @param filledArray whether it is an array with at least one item
     * @param text its value where that is a short string, else empty
     */
    record Member(boolean filledArray, String text) {}

    private static Map<String, Member> outline(JsonParser parser, Set<String> names)
            throws IOException, RefusedException {
        Map<String, Member> members = new HashMap<>();
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("", "must be a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                boolean filledArray = false;
                String text = value == JsonToken.VALUE_STRING && names.contains(name) ? parser.getText() : "";
                if (value == JsonToken.START_ARRAY) {
                    filledArray = parser.nextToken() != JsonToken.END_ARRAY;
                    skipToEndOfArray(parser, filledArray);
                } else {
                    skip(parser);
                }
                if (names.contains(name)) {
                    members.put(name, new Member(filledArray, text));
                }
            }
            if (parser.nextToken() != null) {
                throw malformed("", "has something behind the JSON object");
            }
            return members;
        } catch (StreamConstraintsException e) {
            throw malformed(pointer(parser), "is nested too deeply or holds a name or number that is too long");
        } catch (IOException e) {
            throw malformed(pointer(parser), problem(e));
        }
    }

    private static void skipToEndOfArray(JsonParser parser, boolean filled) throws IOException {
        if (!filled) {
            return;
        }
        for (JsonToken next = parser.currentToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next == null) {
                return;
            }
            skip(parser);
        }
    }

    /** Reads on to the end of the value, text included, so that what is not valid in it is found. */
    private static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                parser.finishToken();
            }
            if (depth > 0) {
                parser.nextToken();
            }
        } while (depth > 0);
    }

    private static String problem(IOException e) {
        boolean duplicate = String.valueOf(e.getMessage()).startsWith("Duplicate field");
        return duplicate ? "has a name twice" : "is not valid JSON";
    }

    private static JsonNode tree(JsonParser parser) throws IOException, RefusedException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("", "must be a JSON object");
            }
            JsonNode tree = parser.readValueAsTree();
            if (parser.nextToken() != null) {
                throw malformed("", "has something behind the JSON object");
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw malformed(pointer(parser), "is nested too deeply or holds a name or number that is too long");
        } catch (IOException e) {
            throw malformed(pointer(parser), problem(e));
        }
    }

    private static String pointer(JsonParser parser) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        return pointer.length() > MAX_POINTER ? "" : pointer;
    }

    private static RefusedException malformed(String pointer, String what) {
        return new RefusedException(Refusal.ofField(ErrorCode.BODY_MALFORMED, new FieldViolation(pointer, what)));
    }
}
