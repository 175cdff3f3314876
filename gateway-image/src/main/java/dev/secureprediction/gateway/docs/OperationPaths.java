package dev.secureprediction.gateway.docs;

import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.UpstreamPath;
import dev.secureprediction.policy.model.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** The paths of operations, with the names of this endpoint's own model where they have any. */
final class OperationPaths {

    private OperationPaths() {}

    static List<String> of(Operation operation, Upstream upstream) {
        return switch (operation) {
            case PREDICT,
                    RAW_PREDICT,
                    STREAM_RAW_PREDICT,
                    SERVER_STREAMING_PREDICT,
                    GENERATE_CONTENT,
                    STREAM_GENERATE_CONTENT,
                    COUNT_TOKENS,
                    EMBED_CONTENT,
                    MESSAGES,
                    STREAM_MESSAGES -> versions(version -> UpstreamPath.of(version, upstream, operation.wire()));
            case GET_ENDPOINT ->
                versions(version -> {
                    String path = UpstreamPath.of(version, upstream, "");
                    return path.substring(0, path.length() - 1);
                });
            case COUNT_MESSAGE_TOKENS ->
                versions(version -> UpstreamPath.location(version, upstream)
                        + "/publishers/anthropic/models/count-tokens:rawPredict");
            case CHAT, STREAM_CHAT -> List.of("/openai/v1/chat/completions");
            case EMBEDDINGS -> List.of("/openai/v1/embeddings");
            case LIST_MODELS -> List.of("/openai/v1/models");
            case GET_MODEL -> List.of("/openai/v1/models/{model}");
            case SERVER_METADATA -> List.of("/v2");
            case SERVER_LIVE -> List.of("/v2/health/live");
            case SERVER_READY -> List.of("/v2/health/ready");
            case MODEL_METADATA -> List.of("/v2/models/{model}");
            case MODEL_READY -> List.of("/v2/models/{model}/ready");
            case INFER -> List.of("/v2/models/{model}/infer");
            case KSERVE_PREDICT -> List.of("/v1/models/{model}:predict");
        };
    }

    private interface Path {
        String in(ApiVersion version);
    }

    private static List<String> versions(Path path) {
        return Stream.of(ApiVersion.values()).map(path::in).toList();
    }
}
