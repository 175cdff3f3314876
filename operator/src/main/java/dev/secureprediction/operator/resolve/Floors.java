package dev.secureprediction.operator.resolve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.environment.Requirements;
import dev.secureprediction.operator.resolve.Floor.Order;
import dev.secureprediction.operator.resolve.Floor.Reach;
import java.util.ArrayList;
import java.util.List;

/**
 * Every requirement of an environment, with the order in which it gets stricter. The check at reconcile time and the one at
 * admission both come from here; a test keeps a field without a row from being published.
 */
public final class Floors {

    public static final List<Floor> ALL = List.of(
            new Floor("guardrails", new Order.Superset(), Reach.IN_TURN),
            new Floor("gatewayMinReplicas", new Order.More(Defaults.GATEWAY_MIN_REPLICAS), Reach.IN_TURN),
            new Floor("endpointMinReplicas", new Order.More(Defaults.ENDPOINT_MIN_REPLICAS), Reach.IN_TURN),
            new Floor("maxTokenLifetimeSeconds", new Order.Less(), Reach.AT_ONCE),
            new Floor("audit.onFailure", new Order.Ranked("Refuse", List.of("Drop", "Refuse")), Reach.IN_TURN),
            new Floor("audit.minPrompts", new Order.Ranked("None", List.of("None", "Hash", "Full")), Reach.IN_TURN),
            new Floor("audit.maxPrompts", new Order.Ranked("None", List.of("Full", "Hash", "None")), Reach.AT_ONCE),
            new Floor("deletionPolicy", new Order.Ranked("Delete", List.of("Delete", "Retain")), Reach.AT_ONCE),
            new Floor("encryptionKey", new Order.Present(), Reach.IN_TURN),
            new Floor("approval", new Order.Ranked("None", List.of("None", "Owner", "Platform")), Reach.AT_ONCE),
            new Floor("revokeExcess", new Order.Ranked("false", List.of("false", "true")), Reach.AT_ONCE));

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Floors() {}

    /** Requirements that are weaker than those of another environment. */
    public static List<Problem> weaker(Requirements mine, JsonNode theirs, String upstream) {
        JsonNode here = ResourceJson.ofPart(mine);
        List<Problem> weaker = new ArrayList<>();
        for (Floor floor : ALL) {
            floor.weaker(here, theirs)
                    .ifPresent(values -> weaker.add(new Problem(
                            Reason.NotMonotone,
                            "spec.require." + floor.path(),
                            "'" + values.mine() + "' is weaker than '" + values.theirs() + "' in environment '"
                                    + upstream + "'; tighten it here, or loosen it there")));
        }
        return List.copyOf(weaker);
    }

    /** The stricter of both, field by field; an encryption key is never taken over, since it belongs to its project. */
    public static Requirements strictest(Requirements mine, Requirements theirs) {
        ObjectNode merged = ResourceJson.ofPart(mine).deepCopy();
        JsonNode there = ResourceJson.ofPart(theirs);
        for (Floor floor : ALL) {
            boolean isOwn = floor.order() instanceof Order.Present;
            if (!isOwn && floor.weaker(merged, there).isPresent()) {
                set(merged, floor.path(), floor.at(there));
            }
        }
        try {
            return MAPPER.treeToValue(merged, Requirements.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("requirements merged of two are requirements", e);
        }
    }

    /** Requirements as they were, but for those that only take away and got stricter since. */
    static JsonNode tightened(JsonNode before, JsonNode now) {
        ObjectNode merged = before.isObject() ? before.deepCopy() : MAPPER.createObjectNode();
        for (Floor floor : ALL) {
            if (floor.reach() == Reach.AT_ONCE && floor.weaker(merged, now).isPresent()) {
                set(merged, floor.path(), floor.at(now));
            }
        }
        return merged;
    }

    private static void set(ObjectNode into, String path, JsonNode value) {
        String[] names = path.split("\\.", -1);
        ObjectNode parent = into;
        for (int i = 0; i < names.length - 1; i++) {
            parent = parent.path(names[i]) instanceof ObjectNode present ? present : parent.putObject(names[i]);
        }
        String name = names[names.length - 1];
        if (value.isMissingNode()) {
            parent.remove(name); // what it means then is the stricter value
        } else {
            parent.set(name, value);
        }
    }
}
