package dev.secureprediction.policy.model;

/** A wire protocol that callers speak; its paths are listed in the design, section 5. */
public enum Surface {
    VertexPredict,
    GeminiGenerate,
    AnthropicMessages,
    OpenAIChat,
    OpenInference,
    KServeV1
}
