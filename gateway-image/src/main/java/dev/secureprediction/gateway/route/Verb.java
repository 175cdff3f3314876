package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Surface;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands after the colon of a path. Case counts; there are no aliases. */
public enum Verb {
    PREDICT("predict", Surface.VertexPredict, Action.Predict),
    RAW_PREDICT("rawPredict", Surface.VertexPredict, Action.Predict),
    STREAM_RAW_PREDICT("streamRawPredict", Surface.VertexPredict, Action.Stream),
    SERVER_STREAMING_PREDICT("serverStreamingPredict", Surface.VertexPredict, Action.Stream),
    GENERATE_CONTENT("generateContent", Surface.GeminiGenerate, Action.Predict),
    STREAM_GENERATE_CONTENT("streamGenerateContent", Surface.GeminiGenerate, Action.Stream);

    private static final Map<String, Verb> BY_WIRE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Verb::wire, Function.identity()));

    private final String wire;
    private final Surface surface;
    private final Action action;

    Verb(String wire, Surface surface, Action action) {
        this.wire = wire;
        this.surface = surface;
        this.action = action;
    }

    /** The verb written exactly so. */
    public static Optional<Verb> of(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    public String wire() {
        return wire;
    }

    public Surface surface() {
        return surface;
    }

    public Action action() {
        return action;
    }
}
