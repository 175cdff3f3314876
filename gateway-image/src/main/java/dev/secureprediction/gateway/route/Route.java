package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Surface;
import java.util.Optional;

/**
 * A call, parsed once. Policy and forwarding both read this; nobody reads the path again.
 *
 * @param operation what is asked
 * @param target what it is asked of
 */
public record Route(Operation operation, Target target) {

    public Surface surface() {
        return operation.surface();
    }

    public Action action() {
        return operation.action();
    }

    /** The resource of Vertex AI, on native paths. */
    public Optional<Target.Google> google() {
        return target instanceof Target.Google google ? Optional.of(google) : Optional.empty();
    }

    /** API version of native paths. */
    public Optional<ApiVersion> version() {
        return switch (target) {
            case Target.Google google -> Optional.of(google.version());
            case Target.Place place -> Optional.of(place.version());
            case Target.Named named -> Optional.empty();
            case Target.Unnamed unnamed -> Optional.empty();
        };
    }

    /** Whether the body names the model. */
    public boolean bodyNamesModel() {
        return operation.hasBody() && (target instanceof Target.Place || target instanceof Target.Unnamed);
    }

    /** The same call, whose body said which of the possible operations it is. */
    public Route settled(Operation settled) {
        return settled == operation ? this : new Route(settled, target);
    }
}
