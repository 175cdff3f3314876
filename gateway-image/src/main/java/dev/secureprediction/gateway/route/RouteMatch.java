package dev.secureprediction.gateway.route;

import dev.secureprediction.gateway.error.ErrorShape;

/** What a path turned out to be. */
public sealed interface RouteMatch {

    /** Shape of errors for this path. */
    ErrorShape errorShape();

    /**
     * A path of a surface.
     *
     * @param route the call
     */
    record Matched(Route route) implements RouteMatch {
        @Override
        public ErrorShape errorShape() {
            return ErrorShape.GOOGLE;
        }
    }

    /**
     * No path of any surface.
     *
     * @param errorShape Google's where the path begins like one of Vertex AI's
     */
    record Unmatched(ErrorShape errorShape) implements RouteMatch {}
}
