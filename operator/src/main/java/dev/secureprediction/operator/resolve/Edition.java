package dev.secureprediction.operator.resolve;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.policy.codec.CanonicalJson;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import java.util.List;
import java.util.Optional;

/**
 * What an environment says of that which runs in it: an edit of this part reaches endpoints in turn. The rest of its spec says who
 * may come in, who is revoked and what the operator may do; that holds for all at once.
 *
 * @param revision `sha256:` and the digest of the part
 * @param part as JSON
 */
public record Edition(String revision, JsonNode part) {

    private static final List<String> FIELDS = List.of("google", "issuers", "require", "gateway");

    private static final JsonPointer GATEWAY = JsonPointer.compile("/gateway");
    private static final JsonPointer IMAGE = JsonPointer.compile("/gateway/image");

    /** Says something by being there, though it is empty. */
    private static final String CHOICE = "kubernetes";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * The edition of a spec.
     *
     * @param defaultImage of gateways, where the spec names none: another one, by another version of the operator, is an edit, too
     */
    public static Edition of(PredictionEnvironmentSpec spec, String defaultImage) {
        ObjectNode whole = ResourceJson.ofPart(spec).deepCopy();
        if (!whole.at(IMAGE).isTextual()) {
            whole.withObject(GATEWAY).put("image", defaultImage);
        }
        return of(whole);
    }

    private static Edition of(JsonNode spec) {
        ObjectNode part = JSON.createObjectNode();
        for (String field : FIELDS) {
            meant(field, spec.path(field)).ifPresent(value -> part.set(field, value));
        }
        return new Edition("sha256:" + digest(part), part);
    }

    /** Reads what {@link #text} wrote; empty when it is not that. */
    public static Optional<Edition> read(String text) {
        try {
            Edition read = of(JSON.readTree(text));
            return read.part().has("google") ? Optional.of(read) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** For the object that keeps it. */
    public String text() {
        return part.toString();
    }

    /**
     * What holds for an endpoint that still has this edition while the environment says something else: this edition, but without
     * what was only taken away since. The same text as now when nothing but that has changed.
     */
    public PredictionEnvironmentSpec meanwhile(PredictionEnvironmentSpec now) {
        ObjectNode merged = ResourceJson.ofPart(now).deepCopy();
        for (String field : FIELDS) {
            merged.remove(field);
            if (part.has(field)) {
                merged.set(field, part.get(field));
            }
        }
        TakenAway.since(merged, ResourceJson.ofPart(now));
        try {
            return JSON.treeToValue(merged, PredictionEnvironmentSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec merged of two is a spec", e);
        }
    }

    /** Nothing, said in other words, is no edit. */
    private static Optional<JsonNode> meant(String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull() || (value.isArray() && value.isEmpty())) {
            return Optional.empty();
        }
        if (value.isArray()) {
            ArrayNode items = JSON.createArrayNode();
            value.forEach(item -> items.add(meant("", item).orElse(item)));
            return Optional.of(items);
        }
        if (!value.isObject()) {
            return Optional.of(value);
        }
        ObjectNode kept = JSON.createObjectNode();
        value.properties()
                .forEach(field ->
                        meant(field.getKey(), field.getValue()).ifPresent(inner -> kept.set(field.getKey(), inner)));
        return kept.isEmpty() && !name.equals(CHOICE) ? Optional.empty() : Optional.of(kept);
    }

    private static String digest(JsonNode part) {
        try {
            return CanonicalJson.sha256Hex(part);
        } catch (InvalidPolicyException e) { // has no canonical form: any other text of it is another edition
            return CanonicalJson.sha256Hex(TextNode.valueOf(String.valueOf(part.hashCode())));
        }
    }
}
