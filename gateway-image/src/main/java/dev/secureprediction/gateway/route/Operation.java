package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Surface;
import java.util.List;

/** What a call does. Names are stable: metrics and audit queries rely on them. */
public enum Operation {
    PREDICT("POST", "predict", Surface.VertexPredict, Action.Predict),
    RAW_PREDICT("POST", "rawPredict", Surface.VertexPredict, Action.Predict),
    STREAM_RAW_PREDICT("POST", "streamRawPredict", Surface.VertexPredict, Action.Stream),
    SERVER_STREAMING_PREDICT("POST", "serverStreamingPredict", Surface.VertexPredict, Action.Stream),
    GET_ENDPOINT("GET", "getEndpoint", Surface.VertexPredict, Action.Describe),

    GENERATE_CONTENT("POST", "generateContent", Surface.GeminiGenerate, Action.Predict),
    STREAM_GENERATE_CONTENT("POST", "streamGenerateContent", Surface.GeminiGenerate, Action.Stream),
    COUNT_TOKENS("POST", "countTokens", Surface.GeminiGenerate, Action.CountTokens),
    EMBED_CONTENT("POST", "embedContent", Surface.GeminiGenerate, Action.Predict),

    MESSAGES("POST", "rawPredict", Surface.AnthropicMessages, Action.Predict),
    STREAM_MESSAGES("POST", "streamRawPredict", Surface.AnthropicMessages, Action.Stream),
    COUNT_MESSAGE_TOKENS("POST", "countTokens", Surface.AnthropicMessages, Action.CountTokens),

    /** A chat whose answer comes whole; its body may turn out to ask for {@link #STREAM_CHAT}. */
    CHAT("POST", "chatCompletions", Surface.OpenAIChat, Action.Predict),
    STREAM_CHAT("POST", "streamChatCompletions", Surface.OpenAIChat, Action.Stream),
    EMBEDDINGS("POST", "embeddings", Surface.OpenAIChat, Action.Predict),
    LIST_MODELS("GET", "listModels", Surface.OpenAIChat, Action.Describe),
    GET_MODEL("GET", "getModel", Surface.OpenAIChat, Action.Describe),

    SERVER_METADATA("GET", "serverMetadata", Surface.OpenInference, Action.Describe),
    SERVER_LIVE("GET", "serverLive", Surface.OpenInference, Action.Describe),
    SERVER_READY("GET", "serverReady", Surface.OpenInference, Action.Describe),
    MODEL_METADATA("GET", "modelMetadata", Surface.OpenInference, Action.Describe),
    MODEL_READY("GET", "modelReady", Surface.OpenInference, Action.Describe),
    INFER("POST", "infer", Surface.OpenInference, Action.Predict),

    KSERVE_PREDICT("POST", "predict", Surface.KServeV1, Action.Predict);

    private final String method;
    private final String wire;
    private final Surface surface;
    private final Action action;

    Operation(String method, String wire, Surface surface, Action action) {
        this.method = method;
        this.wire = wire;
        this.surface = surface;
        this.action = action;
    }

    /** HTTP method: GET or POST. */
    public String method() {
        return method;
    }

    /** Whether calls have a body. */
    public boolean hasBody() {
        return method.equals("POST");
    }

    /** What stands after the colon of Google's paths; elsewhere a name like it. */
    public String wire() {
        return wire;
    }

    public Surface surface() {
        return surface;
    }

    public Action action() {
        return action;
    }

    /** What a call may turn out to be once its body is read; this alone where the path says it all. */
    public List<Operation> possible() {
        return this == CHAT ? List.of(CHAT, STREAM_CHAT) : List.of(this);
    }
}
