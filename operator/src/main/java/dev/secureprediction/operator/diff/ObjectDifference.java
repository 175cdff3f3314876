package dev.secureprediction.operator.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.secureprediction.operator.cloud.Difference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** Where an object of the cluster is not as wanted, in words. Contents of secrets are never said. */
public final class ObjectDifference {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "Secret";
    private static final int LONGEST = 200;

    private ObjectDifference() {}

    /** It is not there. */
    public static Difference missing(HasMetadata desired) {
        return new Difference(name(desired), "", "present", Difference.ABSENT);
    }

    /** The first wanted field that differs; the object as a whole where the difference is one of notation. */
    public static Difference of(HasMetadata desired, HasMetadata actual) {
        if (desired.getKind().equals(SECRET)) {
            return new Difference(name(desired), "data", "as made", "changed");
        }
        Optional<Difference> found = Optional.empty();
        for (Map.Entry<String, JsonNode> field :
                JSON.<JsonNode>valueToTree(desired).properties()) {
            if (found.isEmpty() && !field.getKey().equals("status")) {
                found = first(
                        name(desired),
                        field.getKey(),
                        field.getValue(),
                        JSON.<JsonNode>valueToTree(actual).path(field.getKey()));
            }
        }
        return found.orElseGet(() -> new Difference(name(desired), "", "as made", "changed"));
    }

    private static Optional<Difference> first(String object, String path, JsonNode wanted, JsonNode found) {
        if (wanted.isObject()) {
            for (Map.Entry<String, JsonNode> field : wanted.properties()) {
                Optional<Difference> inside =
                        first(object, path + "." + field.getKey(), field.getValue(), found.path(field.getKey()));
                if (inside.isPresent()) {
                    return inside;
                }
            }
            return Optional.empty();
        }
        if (wanted.isArray() && found.isArray() && wanted.size() == found.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                Optional<Difference> inside = first(object, path + "[" + i + "]", wanted.get(i), found.get(i));
                if (inside.isPresent()) {
                    return inside;
                }
            }
            return Optional.empty();
        }
        boolean empty = wanted.isNull() || (wanted.isContainerNode() && wanted.isEmpty());
        return wanted.equals(found) || (empty && (found instanceof MissingNode || found.isNull()))
                ? Optional.empty()
                : Optional.of(new Difference(object, path, text(wanted), text(found)));
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return Difference.ABSENT;
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String name(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
