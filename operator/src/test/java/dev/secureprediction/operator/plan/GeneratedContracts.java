package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Contracts of every shape, as trees: what a person could have written. */
final class GeneratedContracts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int NUMBER_FROM = 3;

    private final Random random;

    GeneratedContracts(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode contract() {
        var contract = JSON.objectNode();
        contract.set("model", model());
        contract.set("access", JSON.objectNode().set("roles", roles()));
        maybe(contract, "surfaces", JSON.arrayNode().add("VertexPredict"));
        maybe(contract, "request", object("maxBytes", number(), "schema", schema()));
        maybe(
                contract,
                "timeouts",
                object(
                        "connectMilliseconds", number(),
                        "firstByteMilliseconds", number(),
                        "idleMilliseconds", number(),
                        "totalMilliseconds", number()));
        maybe(contract, "audit", object("prompts", text("None", "Hash", "Full")));
        maybe(contract, "retries", object("budgetPercent", number()));
        maybe(contract, "verification", object("probeIntervalSeconds", number()));
        maybe(contract, "guardrails", guardrails());
        maybe(contract, "response", response());
        return contract;
    }

    /** The same members in another order, everywhere. */
    JsonNode shuffled(JsonNode node) {
        if (node.isObject()) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            var result = JSON.objectNode();
            names.forEach(name -> result.set(name, shuffled(node.get(name))));
            return result;
        }
        if (node.isArray()) {
            var result = JSON.arrayNode();
            node.forEach(item -> result.add(shuffled(item)));
            return result;
        }
        return node;
    }

    private ObjectNode model() {
        return random.nextBoolean()
                ? object("publisher", required("publisher", JSON.textNode("google"), "name", text("gemini-2.5-flash")))
                : required(
                        "deployed", required("name", JSON.textNode("churn"), "fingerprint", text("9f2c41d0", "77aa")));
    }

    private ArrayNode roles() {
        var roles = JSON.arrayNode();
        for (int i = 0; i <= random.nextInt(3); i++) {
            var role = required("name", JSON.textNode("role-" + i), "when", text("true", "'a' in claims.groups"));
            role.set("actions", JSON.arrayNode().add(text("Predict", "Stream")));
            maybe(
                    role,
                    "limits",
                    object(
                            "per", text("Subject", "Tenant", "Role"),
                            "requestsPerMinute", number(),
                            "maxConcurrent", number()));
            maybe(
                    role,
                    "data",
                    object(
                            "tools", JSON.arrayNode().add("search"),
                            "cachedContent", JSON.booleanNode(random.nextBoolean()),
                            "candidates", number(),
                            "safetySettings", text("Locked", "Open")));
            roles.add(role);
        }
        return roles;
    }

    private ArrayNode guardrails() {
        var guardrails = JSON.arrayNode();
        for (int i = 0; i <= random.nextInt(2); i++) {
            var guardrail = required("name", JSON.textNode("guardrail-" + i));
            guardrail.set(
                    "sensitiveData",
                    object("kinds", JSON.arrayNode().add("EMAIL_ADDRESS"), "action", text("Block", "Mask")));
            maybe(guardrail, "onError", text("Deny", "Allow"));
            maybe(guardrail, "stages", JSON.arrayNode().add("Request").add("Response"));
            guardrails.add(guardrail);
        }
        return guardrails;
    }

    private ObjectNode response() {
        var response = object("redact", JSON.arrayNode().add("EMAIL_ADDRESS"));
        var cache = required("ttlSeconds", number());
        maybe(cache, "scope", text("Subject", "Tenant", "Role"));
        maybe(response, "cache", cache);
        return response;
    }

    private JsonNode schema() {
        var schema = required("type", JSON.textNode("object"));
        maybe(schema, "required", JSON.arrayNode().add("contents"));
        maybe(schema, "enum", JSON.arrayNode());
        maybe(schema, "default", JSON.nullNode());
        return schema;
    }

    private JsonNode number() {
        return JSON.numberNode(NUMBER_FROM + random.nextInt(5));
    }

    private JsonNode text(String... choices) {
        return JSON.textNode(choices[random.nextInt(choices.length)]);
    }

    private void maybe(ObjectNode into, String name, JsonNode value) {
        if (random.nextBoolean()) {
            into.set(name, value);
        }
    }

    /** Some of these members. */
    private ObjectNode object(Object... namesAndValues) {
        var all = required(namesAndValues);
        List<String> names = new ArrayList<>();
        all.fieldNames().forEachRemaining(names::add);
        names.stream()
                .filter(name -> !name.equals("kinds") && !name.equals("publisher") && random.nextBoolean())
                .forEach(all::remove);
        return all;
    }

    private static ObjectNode required(Object... namesAndValues) {
        var object = JSON.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set((String) namesAndValues[i], (JsonNode) namesAndValues[i + 1]);
        }
        return object;
    }
}
