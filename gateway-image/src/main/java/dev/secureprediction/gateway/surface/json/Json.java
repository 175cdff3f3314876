package dev.secureprediction.gateway.surface.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
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
 * The bounds of every body. Only UTF-8 and no duplicate names: what the upstream reads must be what was checked here
 * (RFC 8259, sections 4 and 8.1).
 */
public final class Json {
    static final int MAX_DEPTH = 64;

    /** For {@link BodyReader}, which finds duplicate names itself. */
    static final JumpingParser.Factory FACTORY = new JumpingParser.Factory(factory());

    private static final JsonMapper MAPPER = new JsonMapper(
            factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

    private Json() {}

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(100)
                        .maxNameLength(1_024)
                        .maxStringLength(32 * 1024 * 1024)
                        .build());
    }

    /**
     * A body as a tree; only for what cannot be checked while reading.
     *
     * @throws RefusedException when it is not one JSON value within bounds
     */
    public static JsonNode tree(byte[] body) throws RefusedException {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw malformed("", problem(e));
        }
    }

    static RefusedException malformed(String pointer, String what) {
        return new RefusedException(Refusal.ofField(ErrorCode.BODY_MALFORMED, new FieldViolation(pointer, what)));
    }

    static String problem(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return "is nested too deeply or holds a name or number that is too long";
        }
        boolean duplicate = String.valueOf(e.getMessage()).startsWith("Duplicate field");
        return duplicate ? "has a name twice" : "is not valid JSON";
    }
}
