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
            boolean duplicate = String.valueOf(e.getMessage()).startsWith("Duplicate field");
            throw malformed(pointer(parser), duplicate ? "has a name twice" : "is not valid JSON");
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
