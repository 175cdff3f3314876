package dev.secureprediction.gateway.route;

import dev.secureprediction.gateway.error.ErrorShape;

/** What method and path turned out to be. */
public sealed interface RouteMatch {

    /** Shape of errors for this path. */
    ErrorShape errorShape();

    /**
     * A call of a surface.
     *
     * @param route the call
     * @param errorShape the surface's
     */
    record Matched(Route route, ErrorShape errorShape) implements RouteMatch {}

    /**
     * No call of any surface.
     *
     * @param errorShape a surface's where the path begins like its own
     */
    record Unmatched(ErrorShape errorShape) implements RouteMatch {}
}
