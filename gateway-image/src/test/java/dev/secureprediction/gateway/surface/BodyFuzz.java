package dev.secureprediction.gateway.surface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.surface.json.Json;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.schema.RequestSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fuzz target: bodies and frames of answers as each surface reads them. */
public final class BodyFuzz {
    private static final String GOOGLE = "/v1/projects/p/locations/l/";
    private static final List<Route> ROUTES = Stream.of(
                    GOOGLE + "endpoints/churn:predict",
                    GOOGLE + "publishers/google/models/gemini-2.5-flash:generateContent",
                    GOOGLE + "publishers/anthropic/models/claude:rawPredict",
                    "/openai/v1/chat/completions",
                    "/openai/v1/embeddings",
                    "/v2/models/m/infer",
                    "/v1/models/m:predict")
            .map(BodyFuzz::route)
            .toList();

    private static final RequestSchema SCHEMA = schema("""
            {"additionalProperties": {"minimum": -1, "maximum": 5, "multipleOf": 0.1, "maxLength": 3, "maxItems": 4,
              "items": {"type": ["integer", "string", "null", "array", "object"], "exclusiveMaximum": 5, "format": "date-time"}}}
            """);

    private BodyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        schema(input);
        tensors(input);
        for (Route route : ROUTES) {
            request(route, input);
            Reads.extractor(route).answer(route, input);
        }
    }

    private static void request(Route route, byte[] input) {
        try {
            byte[] body = SurfaceRegistry.standard().module(route.surface()).normal(input, Optional.empty());
            Extractor extractor = Reads.extractor(route);
            boolean refused = refuses(() -> extractor.outline(route, body));
            if (refuses(() -> extractor.read(route, body)) != refused) {
                throw new IllegalStateException("with texts and without, only one of the two is refused");
            }
            extractor.capOutput(route, body, 100);
        } catch (RefusedException e) {
            // refused with its field: as it should be
        }
    }

    /** Reads a body. */
    @FunctionalInterface
    private interface Reading {
        Content read() throws RefusedException;
    }

    private static boolean refuses(Reading reading) {
        try {
            reading.read();
            return false;
        } catch (RefusedException e) {
            return true;
        }
    }

    /** JSON up to its last brace, and bytes of tensors behind it. */
    private static void tensors(byte[] input) {
        int length = new String(input, StandardCharsets.ISO_8859_1).lastIndexOf('}') + 1;
        SurfaceModule module = SurfaceRegistry.standard().module(Surface.OpenInference);
        try {
            module.normal(input, Optional.of(Integer.toString(length)));
        } catch (RefusedException e) {
            // no tensors
        }
    }

    private static void schema(byte[] input) {
        try {
            SCHEMA.check(Json.tree(input));
        } catch (RefusedException e) {
            // no JSON that is taken
        }
    }

    private static RequestSchema schema(String json) {
        try {
            return RequestSchema.compile(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Route route(String path) {
        if (SurfaceRegistry.standard().match("POST", path) instanceof RouteMatch.Matched matched) {
            return matched.route();
        }
        throw new IllegalStateException(path);
    }
}
