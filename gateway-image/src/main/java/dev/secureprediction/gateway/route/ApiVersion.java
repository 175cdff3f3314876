package dev.secureprediction.gateway.route;

import java.util.Optional;

/** First segment of a path of Vertex AI's REST API. */
public enum ApiVersion {
    V1("v1"),
    V1BETA1("v1beta1");

    private final String wire;

    ApiVersion(String wire) {
        this.wire = wire;
    }

    static Optional<ApiVersion> of(String wire) {
        return switch (wire) {
            case "v1" -> Optional.of(V1);
            case "v1beta1" -> Optional.of(V1BETA1);
            default -> Optional.empty();
        };
    }

    public String wire() {
        return wire;
    }
}
