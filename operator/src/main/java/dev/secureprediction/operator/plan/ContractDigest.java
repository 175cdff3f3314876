package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.resolve.ResourceJson;
import dev.secureprediction.policy.codec.CanonicalJson;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import java.util.Optional;
import java.util.Set;

/**
 * The digest of a contract alone: SHA-256 over its canonical JSON (RFC 8785), what equals its default left out. Nothing
 * of the environment or of the operator's version is in it, so that equal digests mean equal contracts everywhere.
 */
public final class ContractDigest {

    private static final String FORMAT = "v1:";

    /** Free-form JSON, where an empty list may mean something. */
    private static final Set<String> OPAQUE = Set.of("request.schema", "verification.canary.body");

    private ContractDigest() {}

    /**
     * `v1:` and 64 hexadecimal digits.
     *
     * @throws InvalidPolicyException when the contract has no canonical form, as with a number that is not exact
     */
    public static String of(Contract contract) {
        return FORMAT + CanonicalJson.sha256Hex(essence(contract));
    }

    /** The digest, where the contract has one; one that has none is refused by resolving. */
    public static Optional<String> ifAny(Contract contract) {
        try {
            return Optional.of(of(contract));
        } catch (InvalidPolicyException e) {
            return Optional.empty();
        }
    }

    /** The contract without what is absent, empty or equal to its default. */
    public static JsonNode essence(Contract contract) {
        return prune("", ResourceJson.ofPart(contract));
    }

    private static JsonNode prune(String path, JsonNode node) {
        if (OPAQUE.contains(path)) {
            return node;
        }
        if (node.isObject()) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> {
                String childPath = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                JsonNode child = prune(childPath, field.getValue());
                if (says(childPath, child)) {
                    kept.set(field.getKey(), child);
                }
            });
            return kept;
        }
        if (node.isArray()) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> kept.add(prune(path + "[]", item)));
            return kept;
        }
        return node;
    }

    private static boolean says(String path, JsonNode node) {
        boolean isNothing = node.isContainerNode() ? node.isEmpty() : node.isNull();
        return !isNothing && !ContractDefaults.isDefault(path, node);
    }
}
