package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.ToolUse;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the role's requests may hold beyond plain content. It reads the body, since paths say nothing of it; a refusal
 * names the field, never the role or what it would allow.
 */
final class DataBoundary {
    /** Ask for more of Google's capacity at more cost. Only the first has a value that a role can allow. */
    static final List<String> TRAFFIC_HEADERS =
            List.of("X-Vertex-AI-LLM-Shared-Request-Type", "X-Vertex-AI-LLM-Request-Type", "X-Vertex-AI-LLM-Priority");

    private DataBoundary() {}

    static void check(Role role, Surface surface, Content content) throws RefusedException {
        DataRules rules = role.data();
        for (ToolUse tool : content.tools()) {
            require(rules.tools().contains(tool.kind()), tool.pointer(), "names a tool that is not allowed", "TOOL");
        }
        for (Part part : content.parts()) {
            if (part instanceof Part.File file) {
                require(
                        isUnder(file.uri(), rules.storagePrefixes()),
                        file.pointer(),
                        "must be a file under a Cloud Storage prefix that is allowed",
                        "FILE");
            }
        }
        Generation generation = content.generation();
        requireAbsent(rules.cachedContent() ? Optional.empty() : generation.cachedContent(), "CACHED_CONTENT");
        requireAbsent(rules.safetySettings() ? Optional.empty() : generation.safetySettings(), "SAFETY_SETTINGS");
        require(
                generation.candidates() <= rules.candidates(),
                candidatesField(surface),
                "must be at most " + rules.candidates(),
                "CANDIDATES");
        long cap = outputCap(role).orElse(Long.MAX_VALUE);
        require(
                generation.maxOutputTokens().orElse(0) <= cap,
                capField(surface),
                "must be at most " + cap,
                "OUTPUT_CAP");
    }

    /** A body may name the model of its path; where the role's calls go to another, no name would be right. */
    static void checkRoute(Role role, Model usual, Surface surface, Content content) throws RefusedException {
        boolean named = surface == Surface.GeminiGenerate || surface == Surface.AnthropicMessages;
        boolean elsewhere =
                role.route().filter(there -> !there.model().equals(usual)).isPresent();
        require(!named || !elsewhere || content.model().isEmpty(), "/model", "must be absent", "MODEL_NAMED");
    }

    /** Largest answer per candidate, in tokens, where the role has one. */
    static Optional<Long> outputCap(Role role) {
        return role.limits().flatMap(Limits::maxOutputTokens);
    }

    /** The traffic tier that the request asks for, if this role may have it. */
    static Optional<String> trafficTier(RequestHead head, Role role) throws RefusedException {
        Optional<String> tier = Optional.empty();
        for (String name : TRAFFIC_HEADERS) {
            List<String> values = head.all(name);
            if (values.isEmpty()) {
                continue;
            }
            String value = values.getFirst().strip().toLowerCase(Locale.ROOT);
            boolean allowed = values.size() == 1
                    && name.equals(TRAFFIC_HEADERS.getFirst())
                    && role.data().trafficTiers().contains(value);
            if (!allowed) {
                throw RefusedException.of(ErrorCode.ACCESS_DENIED, "TRAFFIC_TIER");
            }
            tier = Optional.of(value);
        }
        return tier;
    }

    /**
     * Whether a file stands under one of these prefixes. A prefix without its last slash would let in neighbours whose
     * names begin alike, so one is added; what some reader could take for another path is under none.
     */
    private static boolean isUnder(String uri, List<String> prefixes) {
        boolean plain = uri.startsWith("gs://")
                && uri.chars().allMatch(next -> next > ' ' && next != 0x7f && "%\\?#*".indexOf(next) < 0)
                && !("/" + uri.substring(5) + "/").contains("/../")
                && !("/" + uri.substring(5) + "/").contains("/./");
        return plain
                && prefixes.stream()
                        .map(prefix -> prefix.endsWith("/") ? prefix : prefix + "/")
                        .anyMatch(uri::startsWith);
    }

    private static void requireAbsent(Optional<String> pointer, String reason) throws RefusedException {
        if (pointer.isPresent()) {
            require(false, pointer.get(), "is not allowed", reason);
        }
    }

    private static void require(boolean holds, String pointer, String what, String reason) throws RefusedException {
        if (!holds) {
            Refusal refusal = Refusal.ofField(ErrorCode.CONTENT_REFUSED, new FieldViolation(pointer, what));
            throw new RefusedException(refusal.withAuditReason(reason));
        }
    }

    private static String capField(Surface surface) {
        return switch (surface) {
            case GeminiGenerate -> "/generationConfig/maxOutputTokens";
            case OpenAIChat, AnthropicMessages -> "/max_tokens";
            case VertexPredict, OpenInference, KServeV1 -> "/parameters/maxOutputTokens";
        };
    }

    private static String candidatesField(Surface surface) {
        return switch (surface) {
            case GeminiGenerate -> "/generationConfig/candidateCount";
            case OpenAIChat, AnthropicMessages -> "/n";
            case VertexPredict, OpenInference, KServeV1 -> "/parameters/candidateCount";
        };
    }
}
