package dev.secureprediction.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of answers.
 *
 * @param cache whether they are kept for equal requests
 * @param redact kinds of sensitive data to mask, named as Google's infoTypes; empty: none
 * @param fields top-level fields that callers get; empty: all
 * @param headers further headers of the model's answer that callers get; empty: none
 */
public record ResponseRules(Optional<CacheRule> cache, List<String> redact, List<String> fields, List<String> headers) {

    /** Answers go on as they are. */
    public static final ResponseRules AS_IS = new ResponseRules(Optional.empty(), List.of(), List.of(), List.of());

    public ResponseRules {
        redact = List.copyOf(redact);
        fields = List.copyOf(fields);
        headers = List.copyOf(headers);
    }
}
