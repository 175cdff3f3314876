package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;

/**
 * What an absent field of a contract means in digests of format {@code v1}. Frozen: changing a line would change what old
 * digests mean. Apart from {@code Defaults} on purpose, so that a later default of the operator does not slip in here; a
 * test ties both to the published schema.
 */
final class ContractDefaults {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** By path below {@code spec.contract}; `[]` stands for every item of a list. */
    static final Map<String, JsonNode> V1 = Map.ofEntries(
            Map.entry("request.maxBytes", JSON.numberNode(1_048_576)),
            Map.entry("timeouts.connectMilliseconds", JSON.numberNode(2_000)),
            Map.entry("timeouts.firstByteMilliseconds", JSON.numberNode(30_000)),
            Map.entry("timeouts.idleMilliseconds", JSON.numberNode(30_000)),
            Map.entry("timeouts.totalMilliseconds", JSON.numberNode(600_000)),
            Map.entry("audit.prompts", JSON.textNode("None")),
            Map.entry("retries.budgetPercent", JSON.numberNode(10)),
            Map.entry("verification.probeIntervalSeconds", JSON.numberNode(300)),
            Map.entry("response.cache.scope", JSON.textNode("Subject")),
            Map.entry("access.roles[].limits.per", JSON.textNode("Subject")),
            Map.entry("access.roles[].data.cachedContent", JSON.booleanNode(false)),
            Map.entry("access.roles[].data.candidates", JSON.numberNode(1)),
            Map.entry("access.roles[].data.safetySettings", JSON.textNode("Locked")),
            Map.entry("guardrails[].stages", JSON.arrayNode().add("Request").add("Response")),
            Map.entry("guardrails[].onError", JSON.textNode("Deny")),
            Map.entry("guardrails[].sensitiveData.action", JSON.textNode("Block")),
            Map.entry("guardrails[].webhook.timeoutMilliseconds", JSON.numberNode(2_000)));

    private ContractDefaults() {}

    /** Whether this is what the field means anyway. */
    static boolean isDefault(String path, JsonNode value) {
        return Optional.ofNullable(V1.get(path)).filter(value::equals).isPresent();
    }
}
