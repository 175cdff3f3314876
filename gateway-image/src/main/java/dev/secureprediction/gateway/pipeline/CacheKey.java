package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.CacheRule;
import dev.secureprediction.policy.model.LimitScope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Names an answer by everything that may make another one right, or belong to somebody else: each part with its length,
 * so that no two lists of parts look alike.
 */
final class CacheKey {
    // none of them goes to the model unless a role allows it; then its answer may differ
    private static final List<String> HEADERS = List.of(
            "Accept",
            "anthropic-beta",
            "X-Vertex-AI-LLM-Shared-Request-Type",
            "X-Vertex-AI-LLM-Request-Type",
            "X-Vertex-AI-LLM-Priority");

    private final MessageDigest digest;

    private CacheKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The key; empty where the caller lacks the claim that the scope goes by. */
    static Optional<String> of(InspectedRequest request, CacheRule rule) {
        Optional<String> who = who(request.caller(), rule.scope());
        if (who.isEmpty()) {
            return Optional.empty();
        }
        CacheKey key = new CacheKey();
        key.add(request.caller().issuer());
        key.add(rule.scope().name());
        key.add(who.get());
        key.add(request.role().name());
        key.add(request.role().route().toString());
        key.add(request.policy().digest());
        key.add(request.upstream().authority());
        key.add(request.upstream().location());
        key.add(request.upstream().model().toString());
        key.add(request.route().operation().name());
        key.add(request.route().target().toString());
        key.add(request.answerForm().name());
        for (String name : HEADERS) {
            List<String> values = request.head().all(name);
            key.add(Integer.toString(values.size()));
            values.forEach(key::add);
        }
        key.add(request.body());
        return Optional.of(HexFormat.of().formatHex(key.digest.digest()));
    }

    private static Optional<String> who(Caller caller, LimitScope scope) {
        return switch (scope) {
            case Subject -> Optional.of(caller.subject()).filter(subject -> !subject.isEmpty());
            case Tenant ->
                caller.claims().get("tenant") instanceof String tenant && !tenant.isEmpty()
                        ? Optional.of(tenant)
                        : Optional.empty();
            case Role -> Optional.of("");
        };
    }

    private void add(String part) {
        add(part.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }
}
