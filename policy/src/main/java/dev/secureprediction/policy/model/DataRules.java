package dev.secureprediction.policy.model;

import java.util.List;

/**
 * What requests of a role may hold beyond plain content.
 *
 * @param tools tools that a request may declare: `functions`, or the tool's name on the wire; empty: none
 * @param storagePrefixes `gs://bucket/folder/` prefixes that files may stand under; empty: no files
 * @param cachedContent whether a request may name the model's cached content
 * @param candidates most answers to one request; at least 1
 * @param safetySettings whether a request may change the model's own safety filters
 * @param trafficTiers priority tiers that a request may ask for; empty: none
 */
public record DataRules(
        List<String> tools,
        List<String> storagePrefixes,
        boolean cachedContent,
        long candidates,
        boolean safetySettings,
        List<String> trafficTiers) {

    /** Nothing beyond plain content. */
    public static final DataRules PLAIN_CONTENT = new DataRules(List.of(), List.of(), false, 1, false, List.of());

    public DataRules {
        tools = List.copyOf(tools);
        storagePrefixes = List.copyOf(storagePrefixes);
        trafficTiers = List.copyOf(trafficTiers);
    }
}
