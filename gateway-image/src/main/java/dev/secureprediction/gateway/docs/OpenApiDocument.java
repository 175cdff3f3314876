package dev.secureprediction.gateway.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.PolicyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Describes an endpoint by OpenAPI 3.1: its paths, what bodies must be, every error a caller can get. Roles, groups and
 * issuers are none of a reader's business and are not in it.
 */
final class OpenApiDocument {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";
    private static final String SCHEMA = "#/components/schemas/Request";
    private static final Set<String> NAMES = Set.of("$defs", "properties", "patternProperties", "dependentSchemas");
    private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

    private final PolicyBundle bundle;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private OpenApiDocument(PolicyBundle bundle) {
        this.bundle = bundle;
    }

    static byte[] of(PolicyBundle bundle) {
        try {
            return JSON.writeValueAsBytes(new OpenApiDocument(bundle).document());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // a tree in memory is always written
        }
    }

    private ObjectNode document() {
        ObjectNode document = nodes.objectNode();
        document.put("openapi", "3.1.1");
        document.putObject("info")
                .put(
                        "title",
                        bundle.endpoint().namespace() + "/" + bundle.endpoint().name())
                .put("version", bundle.contractDigest())
                .put("description", "Environment " + bundle.endpoint().environment() + ".");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray("token");
        document.set("paths", paths());
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        components.putObject("schemas").set("Request", requestSchema());
        return document;
    }

    private ObjectNode paths() {
        ObjectNode paths = nodes.objectNode();
        Map<ErrorShape, ObjectNode> errors = new EnumMap<>(ErrorShape.class);
        for (Operation operation : Operation.values()) {
            SurfaceModule module = SurfaceRegistry.standard().module(operation.surface());
            if (!bundle.surfaces().contains(operation.surface())
                    || !module.serves(operation, bundle.upstream().model())) {
                continue;
            }
            ErrorShape shape = module.errorShape();
            for (String path : OperationPaths.of(operation, bundle.upstream())) {
                ObjectNode item = paths.withObjectProperty(path);
                String method = operation.method().equals("GET") ? "get" : "post";
                if (!item.has(method)) {
                    item.set(method, operation(operation, path, errors.computeIfAbsent(shape, this::errors)));
                }
            }
        }
        return paths;
    }

    private ObjectNode operation(Operation operation, String path, ObjectNode errors) {
        ObjectNode described = nodes.objectNode();
        described.put("operationId", operation.name().toLowerCase(java.util.Locale.ROOT) + "_" + version(path));
        described.putArray("tags").add(operation.surface().name());
        described.put("summary", operation.surface() + " " + operation.wire());
        if (path.contains("{model}")) {
            ObjectNode model = described.putArray("parameters").addObject();
            model.put("name", "model").put("in", "path").put("required", true);
            model.putObject("schema").put("type", "string");
        }
        if (operation.hasBody()) {
            ObjectNode body = described.putObject("requestBody").put("required", true);
            body.put("description", "At most " + bundle.request().maxBytes() + " bytes.");
            body.putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("$ref", SCHEMA);
        }
        ObjectNode responses = errors.deepCopy();
        responses
                .putObject("200")
                .put("description", "The model's answer.")
                .putObject("content")
                .putObject(operation.action() == Action.Stream ? "text/event-stream" : "application/json");
        described.set("responses", responses);
        return described;
    }

    private static String version(String path) {
        return path.startsWith("/v1beta1/") ? "v1beta1" : "v1";
    }

    private JsonNode requestSchema() {
        Optional<JsonNode> schema = bundle.request().schema();
        if (schema.isEmpty() || !schema.get().isObject()) {
            return nodes.objectNode().put("type", "object");
        }
        ObjectNode own = ((ObjectNode) schema.get()).deepCopy();
        own.remove(List.of("$id", "$schema"));
        point(own, false);
        return own;
    }

    /** Its `#/…` means the schema itself, which has another place in this document; few readers heed an `$id` in the middle. */
    private static void point(JsonNode node, boolean names) {
        if (node instanceof ObjectNode object) {
            JsonNode target = object.path("$ref");
            if (target.isTextual() && target.textValue().startsWith("#")) {
                object.put("$ref", SCHEMA + target.textValue().substring(1));
            }
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            // values are no schemas, but a property may be called as their keywords are
            if (names || !VALUES.contains(member.getKey())) {
                point(member.getValue(), !names && NAMES.contains(member.getKey()));
            }
        }
        if (node.isArray()) {
            node.forEach(item -> point(item, false));
        }
    }

    /** One answer for each status, with each of its codes as an example, in the surface's own shape. */
    private ObjectNode errors(ErrorShape shape) {
        Map<Integer, List<ErrorCode>> byStatus = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            byStatus.computeIfAbsent(code.httpStatus(), status -> new java.util.ArrayList<>())
                    .add(code);
        }
        ObjectNode responses = nodes.objectNode();
        byStatus.forEach((status, codes) -> {
            ObjectNode response = responses.putObject(Integer.toString(status));
            ArrayNode names = nodes.arrayNode();
            codes.forEach(code -> names.add(code.name()));
            response.put("description", codes.size() == 1 ? codes.getFirst().message() : "One of these errors.");
            response.set("x-error-codes", names);
            ObjectNode content = response.putObject("content").putObject(shape.contentType());
            content.putObject("schema").put("type", "object");
            ObjectNode examples = content.putObject("examples");
            codes.forEach(code -> examples.putObject(code.name()).set("value", example(shape, code)));
        });
        return responses;
    }

    private static JsonNode example(ErrorShape shape, ErrorCode code) {
        try {
            return JSON.readTree(shape.render(Refusal.of(code), NO_ID));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
